"""Starts the programs under test as a user would, and ends them."""

import subprocess


class Server:
    """A program that says on standard error where it listens."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.address = None
        for line in self.process.stderr:
            if "listening on " in line:
                self.address = line.split("listening on ", 1)[1].split()[0]
                break
        if self.address is None:
            raise SystemExit(f"{command[1]} ended before it listened")

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.stderr.close()
        code = self.process.wait(timeout=30)
        if code != 0:
            raise SystemExit(f"the server ended with {code}")
