"""A client with no code of the project's: it learns every message from the server's reflection service.

Arguments: SERVER FOLDER, the folder holding classes generated from the standard reflection.proto.
Prints "health=...", "service=..." and "operation=..." lines.
"""

import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

server, folder = sys.argv[1:]
sys.path.insert(0, folder)
import reflection_pb2 as reflection  # noqa: E402


def ask(channel, requests):
    """Answers of the reflection service."""
    method = channel.stream_stream(
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        reflection.ServerReflectionRequest.SerializeToString,
        reflection.ServerReflectionResponse.FromString,
    )
    return list(method(iter(requests)))


class Generic:
    """Unary calls by name."""

    def __init__(self, channel):
        self._channel = channel
        self._pool = descriptor_pool.DescriptorPool()
        self._seen = set()

    def load(self, symbol):
        answer = ask(self._channel, [reflection.ServerReflectionRequest(file_containing_symbol=symbol)])[0]
        files = [descriptor_pb2.FileDescriptorProto.FromString(raw) for raw in answer.file_descriptor_response.file_descriptor_proto]
        by_name = {file.name: file for file in files}

        def add(name):
            if name in self._seen:
                return
            self._seen.add(name)
            if name not in by_name:
                other = ask(self._channel, [reflection.ServerReflectionRequest(file_by_filename=name)])[0]
                by_name[name] = descriptor_pb2.FileDescriptorProto.FromString(other.file_descriptor_response.file_descriptor_proto[0])
            for dependency in by_name[name].dependency:
                add(dependency)
            self._pool.Add(by_name[name])

        for file in files:
            add(file.name)

    def call(self, service, method):
        self.load(service)
        declared = self._pool.FindServiceByName(service).methods_by_name[method]
        factory = message_factory.MessageFactory(self._pool)
        request, reply = factory.GetPrototype(declared.input_type), factory.GetPrototype(declared.output_type)
        stub = self._channel.unary_unary(f"/{service}/{method}", request.SerializeToString, reply.FromString)
        return stub(request(), timeout=60)


with grpc.insecure_channel(server) as channel:
    services = ask(channel, [reflection.ServerReflectionRequest(list_services="")])[0].list_services_response.service
    for service in services:
        print(f"service={service.name}")
    generic = Generic(channel)
    health = generic.call("grpc.health.v1.Health", "Check")
    print(f"health={health.DESCRIPTOR.enum_types_by_name['ServingStatus'].values_by_number[health.status].name}")
    for operation in generic.call("inferencebridge.v1.CatalogService", "ListOperations").operations:
        print(f"operation={operation.id}")
