#!/usr/bin/env bash
# Builds the ImageJ plugin from Debian packages alone: target/InferenceBridge_-VERSION.jar, everything inside and relocated.
# Usage: bash fiji-plugin-shim/build.sh [--force]    does nothing where the jar is newer than its sources
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
target=$here/target
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
jar=$target/InferenceBridge_-$version.jar

if [ "${1:-}" != --force ] && [ -f "$jar" ] && [ -z "$(find "$here" "$root/proto" "$root/Directory.Build.props" \
    -path "$target" -prune -o -type f -newer "$jar" -print -quit)" ]; then
  echo "$jar is up to date"
  exit 0
fi

# shellcheck source=packages.sh
. "$here/packages.sh"
bash "$root/scripts/install-dependencies.sh" "${build_packages[@]}"

java=/usr/share/java
work=$target/work
rm -rf "$work"
mkdir -p "$work"/{stubs,classes,tools,libraries}

libraries=(grpc-api grpc-context grpc-core grpc-netty grpc-protobuf-lite grpc-stub
  netty-buffer netty-codec netty-codec-http netty-codec-http2 netty-codec-socks netty-common netty-handler
  netty-handler-proxy netty-resolver netty-transport protobuf guava gson perfmark-api)
class_path=$java/ij.jar
for library in "${libraries[@]}"; do class_path=$class_path:$java/$library.jar; done

echo "Generating stubs"
protoc -I "$root/proto" --java_out="lite:$work/stubs" \
  --plugin=protoc-gen-grpc=/usr/bin/grpc_java_plugin --grpc_out="lite,@generated=omit:$work/stubs" \
  "$root"/proto/inferencebridge/v1/*.proto

echo "Compiling against the API of Java 8"
find "$work/stubs" -name '*.java' >"$work/stubs.txt"
find "$here/src/main/java" -name '*.java' >"$work/sources.txt"
javac --release 8 -encoding UTF-8 -nowarn -Xlint:-options -cp "$class_path" -d "$work/classes" "@$work/stubs.txt"
javac --release 8 -encoding UTF-8 -Xlint:all,-options,-serial,-processing,-classfile,-path -Werror \
  -cp "$work/classes:$class_path" -d "$work/classes" "@$work/sources.txt"
javac -encoding UTF-8 -cp "$java/asm.jar:$java/asm-tree.jar" -d "$work/tools" "$here"/tools/*.java

echo "Relocating"
for library in "${libraries[@]}"; do (cd "$work/libraries" && unzip -qo "$java/$library.jar" '*.class'; rm -rf META-INF module-info.class); done
cp -r "$work/classes/." "$work/libraries/"
(cd "$work/libraries" && jar cf "$work/all.jar" .)
java -jar "$java/jarjar.jar" process "$here/tools/relocation.rules" "$work/all.jar" "$work/relocated.jar"

echo "Rewriting and checking against Java 8"
tools=$work/tools:$java/asm.jar:$java/asm-tree.jar
java -cp "$tools" org.inferencebridge.build.Java8Rewrite "$work/relocated.jar" "$work/rewritten.jar"
java -cp "$tools:$java/ij.jar" org.inferencebridge.build.Java8Check "$work/rewritten.jar" "$java/ij.jar"

rm -rf "$work/content"
mkdir -p "$work/content"
(cd "$work/content" && unzip -qo "$work/rewritten.jar")
cp -r "$here/src/main/resources/." "$work/content/"
sed "s/@VERSION@/$version/" "$here/src/main/resources/org/inferencebridge/version.txt" >"$work/content/org/inferencebridge/version.txt"
printf 'Implementation-Title: InferenceBridge plugin for ImageJ\nImplementation-Version: %s\n' "$version" >"$work/manifest.txt"
rm -f "$target"/InferenceBridge_-*.jar
(cd "$work/content" && jar cfm "$work/plugin.jar" "$work/manifest.txt" .)
rm -rf "$work/content" "$work/libraries" "$work"/{all,relocated,rewritten}.jar
mv "$work/plugin.jar" "$jar"
echo "$jar ($(stat -c %s "$jar") bytes)"
