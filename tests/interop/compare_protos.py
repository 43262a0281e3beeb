#!/usr/bin/env python3
"""Compares our copies of public protos with googleapis-common-protos, grpcio-health-checking and
grpcio-reflection.

    protoc -I proto --include_imports --descriptor_set_out=ours.pb google/rpc/status.proto ...
    compare_protos.py ours.pb

Packages, messages, fields (number, type, label, oneof), enum values and methods have to be equal
both ways; comments, options and the names of files may differ. Prints each difference; exits 0
where there is none, 1 where there are some, 2 where the comparison cannot be made.
"""

import sys

from google.protobuf import descriptor_pb2

# The file as we name it, and the module that has the original.
ORIGINALS = {
    "google/api/httpbody.proto": "google.api.httpbody_pb2",
    "google/longrunning/operations.proto": "google.longrunning.operations_proto_pb2",
    "google/rpc/code.proto": "google.rpc.code_pb2",
    "google/rpc/error_details.proto": "google.rpc.error_details_pb2",
    "google/rpc/status.proto": "google.rpc.status_pb2",
    "grpc/health/v1/health.proto": "grpc_health.v1.health_pb2",
    "grpc/reflection/v1/reflection.proto": "grpc_reflection.v1alpha.reflection_pb2",
    "grpc/reflection/v1alpha/reflection.proto": "grpc_reflection.v1alpha.reflection_pb2",
}

# v1 of reflection is v1alpha under another package; Python has the original of v1alpha alone.
RENAMED = {"grpc/reflection/v1/reflection.proto": ("grpc.reflection.v1alpha", "grpc.reflection.v1")}

Field = descriptor_pb2.FieldDescriptorProto


def field_fact(message, field):
    """What a field is, apart from its name, as one readable string."""
    kind = Field.Type.Name(field.type).removeprefix("TYPE_").lower()
    label = Field.Label.Name(field.label).removeprefix("LABEL_").lower()
    fact = f"{label} {kind}"
    if field.type_name:
        fact += f" {field.type_name.lstrip('.')}"
    if field.proto3_optional:
        fact += " with presence"
    elif field.HasField("oneof_index"):
        fact += f" in oneof {message.oneof_decl[field.oneof_index].name}"
    return f"{fact} = {field.number}"


def message_facts(scope, message):
    name = f"{scope}.{message.name}"
    yield f"message {name}", "map entry" if message.options.map_entry else "message"
    for field in message.field:
        yield f"field {name}.{field.name}", field_fact(message, field)
    for nested in message.nested_type:
        yield from message_facts(name, nested)
    for enum in message.enum_type:
        yield from enum_facts(name, enum)


def enum_facts(scope, enum):
    name = f"{scope}.{enum.name}"
    yield f"enum {name}", "enum"
    for value in enum.value:
        yield f"value {name}.{value.name}", str(value.number)


def service_facts(scope, service):
    name = f"{scope}.{service.name}"
    yield f"service {name}", "service"
    for method in service.method:
        takes = ("stream " if method.client_streaming else "") + method.input_type.lstrip(".")
        gives = ("stream " if method.server_streaming else "") + method.output_type.lstrip(".")
        yield f"method {name}.{method.name}", f"({takes}) returns ({gives})"


def file_facts(file):
    """Everything that the wire and generated code depend on: what it is about, and what it says."""
    facts = {"package": file.package, "syntax": file.syntax}
    for message in file.message_type:
        facts.update(message_facts(file.package, message))
    for enum in file.enum_type:
        facts.update(enum_facts(file.package, enum))
    for service in file.service:
        facts.update(service_facts(file.package, service))
    return facts


def original_facts(name):
    module = __import__(ORIGINALS[name], fromlist=["DESCRIPTOR"])
    file = descriptor_pb2.FileDescriptorProto()
    module.DESCRIPTOR.CopyToProto(file)
    facts = file_facts(file)
    if name not in RENAMED:
        return facts
    package, ours = RENAMED[name]
    return {key.replace(package, ours): fact.replace(package, ours) for key, fact in facts.items()}


def differences(ours, theirs):
    for subject in sorted(ours.keys() | theirs.keys()):
        mine, original = ours.get(subject), theirs.get(subject)
        if mine == original:
            continue
        if original is None:
            yield f"only ours: {subject}: {mine}"
        elif mine is None:
            yield f"missing: {subject}: {original}"
        else:
            yield f"differs: {subject}: ours is {mine}, the original {original}"


def compare(files):
    """All differences, file by file. A file of ours without an original is one as well."""
    found = []
    for name in sorted(files.keys() - ORIGINALS.keys()):
        found.append(f"{name}: no original is known; add it to ORIGINALS")
    for name in ORIGINALS:
        if name not in files:
            found.append(f"{name}: not in the descriptor set")
            continue
        ours = file_facts(files[name])
        found += [f"{name}: {line}" for line in differences(ours, original_facts(name))]
    return found


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    descriptors = descriptor_pb2.FileDescriptorSet()
    try:
        with open(arguments[0], "rb") as stream:
            descriptors.ParseFromString(stream.read())
    except Exception as error:  # protobuf's own exception type depends on its back end
        print(f"{arguments[0]}: {error}", file=sys.stderr)
        return 2
    folders = tuple({name.rsplit("/", 1)[0] + "/" for name in ORIGINALS})
    files = {file.name: file for file in descriptors.file if file.name.startswith(folders)}
    found = compare(files)
    for line in found:
        print(line)
    facts = sum(len(file_facts(file)) for file in files.values())
    print(f"{len(files)} files, {facts} facts compared, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
