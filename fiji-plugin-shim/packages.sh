# Debian packages of the plugin; sourced by build.sh and by the tests.
# shellcheck shell=bash disable=SC2034
build_packages=(default-jdk-headless unzip libij-java libgrpc-java libnetty-java libprotobuf-java libguava-java
  libgoogle-gson-java libperfmark-java protobuf-compiler protobuf-compiler-grpc-java-plugin libjarjar-java libasm-java)
test_packages=(imagej xvfb xauth default-jre python3-grpcio python3-protobuf python3-numpy protobuf-compiler)
