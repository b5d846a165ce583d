# What run and test share. Needs $here: the folder of the project. Written for sh.

# Says in one line what is wrong, and ends.
refuse() {
  echo "foyer: $*" >&2
  exit 1
}

# Version of a JDK's folder (its first number), 0 where there is none with a compiler.
jdk_version() {
  if [ -x "$1/bin/javac" ] && [ -f "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    echo 0
  fi
}

# Sets and exports JAVA_HOME: a JDK 25 or later.
find_jdk() {
  on_path=$(command -v javac || true)
  if [ -n "$on_path" ]; then
    on_path=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")
  fi
  for jdk in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$jdk" ] && [ "$(jdk_version "$jdk")" -ge 25 ] 2>/dev/null; then
      JAVA_HOME=$jdk
      MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
      # ErrorProne looks into the compiler, which runs in Maven's JVM (-Djavac.fork=false).
      for part in api code comp file main model parser processing tree util; do
        MAVEN_OPTS="$MAVEN_OPTS --add-opens=jdk.compiler/com.sun.tools.javac.$part=ALL-UNNAMED"
        MAVEN_OPTS="$MAVEN_OPTS --add-exports=jdk.compiler/com.sun.tools.javac.$part=ALL-UNNAMED"
      done
      export JAVA_HOME MAVEN_OPTS
      return
    fi
  done
  refuse "no JDK 25 or later found (JAVA_HOME, PATH, /usr/lib/jvm, ~/.sdkman): install one, or set JAVA_HOME to its folder"
}

# Files and file names are UTF-8, whatever the terminal says.
use_utf8() {
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *UTF-8* | *utf-8* | *UTF8* | *utf8*) ;;
    *)
      LC_ALL=C.UTF-8
      export LC_ALL
      ;;
  esac
}

server_jar=server/target/foyer-server.jar

# Whether the server's jars are there and newer than all that they are made of.
is_built() {
  [ -f "$here/$server_jar" ] && [ -d "$here/server/target/lib" ] || return 1
  for module in wire web-kit device room-display kiosk-client server; do
    newer=$(find "$here/pom.xml" "$here/$module/pom.xml" "$here/$module/src/main" -newer "$here/$server_jar" 2>/dev/null | head -n 1)
    [ -z "$newer" ] || return 1
  done
}

# Builds the server's jars with Maven where they are missing or old.
build_if_needed() {
  if is_built; then
    return
  fi
  command -v mvn >/dev/null 2>&1 || refuse "Maven (mvn) is not on the path: install Maven 3.8 or later"
  echo "foyer: building; the first time takes a few minutes" >&2
  rm -rf "$here/server/target/lib"
  mvn -q -B -Djavac.fork=false -Dstyle.color=never -f "$here/pom.xml" -pl server -am package -Dmaven.test.skip=true >&2 \
    || refuse "the build failed; its messages are above"
  touch "$here/$server_jar"
}
