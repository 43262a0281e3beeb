#!/usr/bin/env bash
# Compares the catalogue with the documented facts where those lie beside the checkout.
# usage: check_facts.sh DIR_OF_TEST_PROGRAMS DIR_WITH_THE_TWO_LISTS
# The lists: documented-errors.tsv (class, status, code, parameters, message or none) and
# wire-templates.tsv (class, code, message with {0} and {1}).
set -euo pipefail
if [ $# -ne 2 ]; then
  sed -n '3,5s/^# //p' "$0" >&2
  exit 2
fi
programs=$1
facts=$2
own=$(dirname "$0")/documented_errors.tsv

# The order of rows is no fact, all else is. catalogue_test holds the code to the project's own copy.
diff -u --label project --label documented <(LC_ALL=C sort "$own") \
  <(LC_ALL=C sort "$facts/documented-errors.tsv")
echo "facts: $(($(wc -l <"$own") - 1)) rows, as documented"
"$programs/catalogue_template_check" "$facts/wire-templates.tsv"
