"""Emulator and gateway as a user starts them."""

import os
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


def write_config(work, emulator_address):
    """A configuration whose endpoint `iris` is the emulator's. Returns its path."""
    os.environ["INTEROP_KEY"] = "k" * 20
    config = work / "gateway.yaml"
    config.write_text(
        "listeners:\n- address: 127.0.0.1:0\n"
        "errors: {allow_debug_info: true}\n"
        "endpoints:\n- name: iris\n  dialect: CLASSIC\n"
        f"  url: http://{emulator_address}/workspaces/ws/services/iris\n"
        "  api_key: {env: INTEROP_KEY}\n")
    return config
