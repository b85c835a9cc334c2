"""Version of the client; it speaks the protocol inferencebridge.v1."""

VERSION = "0.1.0"
