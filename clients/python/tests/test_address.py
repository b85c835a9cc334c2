import pytest

from inferencebridge import InferenceBridgeError, Retry
from inferencebridge._address import channel_options, parse


@pytest.mark.parametrize("address, target", [
    ("localhost:50051", "localhost:50051"),
    (" http://host.example:80/ ", "host.example:80"),
    ("[::1]:7", "[::1]:7"),
    ("unix:/run/ib.sock", "unix:/run/ib.sock"),
    ("unix:///run/ib.sock", "unix:/run/ib.sock"),
])  # fmt: skip
def test_parse_of_what_is_accepted(address, target):
    assert parse(address) == target


@pytest.mark.parametrize("address", ["", "host", "host:0", "host:65536", "https://host:1", "unix:", "a b:1", "host:1/path"])
def test_parse_refuses_the_rest_with_what_is_accepted(address):
    with pytest.raises(InferenceBridgeError, match="accepted: host:port") as refusal:
        parse(address)
    assert refusal.value.field == "address"


def test_a_proxy_is_not_asked_for_a_local_server():
    assert ("grpc.enable_http_proxy", 0) in channel_options("127.0.0.1:1")
    assert ("grpc.enable_http_proxy", 0) not in channel_options("host:1")


@pytest.mark.parametrize("arguments", [{"attempts": 0}, {"base_delay_s": -1}, {"base_delay_s": 20.0}])
def test_retry_refuses_impossible_values(arguments):
    with pytest.raises(InferenceBridgeError, match="accepted:"):
        Retry(**arguments)


def test_retry_pauses_double_up_to_the_longest():
    retry = Retry(base_delay_s=1, max_delay_s=4)
    assert 0.75 <= retry.pause(1) <= 1.25
    assert 1.5 <= retry.pause(2) <= 2.5
    assert retry.pause(9) == 4
