# Starts Java with the options that suit the command. The launcher of a checkout and that of the
# packages source this file. They set these variables:
#   java     the program
#   archive  the class archive, from which Java starts faster

# Prints the message $1 and exits.
fail() {
  printf 'idc4j: %s\n' "$1" >&2
  exit 3
}

# Sets these variables to the JARs of the folder $1:
#   libraries   the class path of the command
#   class_path  the same, which may be followed by optional modules. Java uses the class archive only
#               if the class path begins with the one of the archive.
# Java opens the JARs in their order until it finds a class or a file, so the JARs that every command
# needs come first.
find_libraries() {
  local first=("$1"/idc4j-*.jar "$1"/picocli-*.jar) IFS=:
  libraries="${first[*]}:$1/*"
  class_path="$libraries"
}

# Java reads file names in the charset of the locale, and ASCII cannot name every folder. Bash
# itself would warn on a system that lacks this locale.
case "$(locale charmap 2>/dev/null || true)" in
  ANSI_X3.4-1968 | US-ASCII | "") { export LC_ALL=C.UTF-8; } 2>/dev/null ;;
esac

# Java 17 is the first version with this option.
native=--enable-native-access=ALL-UNNAMED
# Options of the user's own win over the defaults below.
user_options="${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${IDC4J_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-}"
options=("$native")

# Adds the JVM options $2... unless the user's options match the regular expression $1.
default() {
  [[ "$user_options" =~ $1 ]] || options+=("${@:2}")
}
default 'XX:\+Use[A-Za-z0-9]*GC' -XX:+UseSerialGC

# Runs the command with the JVM option $1, and without replacing this shell.
run() {
  "$java" "${options[@]}" -Xlog:disable "$1" -cp "$libraries" io.github.idc4j.cli.Main "${@:2}"
}

# Writes the names of the classes that a check and an export load into the file $1. The folder $2 is
# for files that are needed only until then. Java crashes if a line is there twice, or with Flight
# Recorder if there are lambda forms. It leaves out the main class of picocli if there are lambdas that
# refer to it.
record_classes() {
  (
    export IDC4J_HOME="$2"
    unset IDC4J_BASE_URL IDC4J_TOKEN
    run -XX:DumpLoadedClassList="$2/check" check --area metadata --max-seconds 30 --report "$2/report" \
      && run -XX:DumpLoadedClassList="$2/query" query --fields collection_id -o "$2/collections.csv" \
      && awk '!/^@lambda-(form|proxy.*(picocli|cli\/Main))/ && !seen[$0]++' "$2/check" "$2/query" > "$1"
  )
}

# Writes the classes of the file $1 into the archive. The command works without the archive, and Java
# ignores one that does not match the JARs. But an incomplete archive crashes Java, so only one of a
# successful run gets the name that is used. If the run fails, an empty file prevents another try.
# The archive is a static one because a dynamic one lacks the classes of libraries that were compiled
# for Java 5, such as picocli.
dump_classes() {
  local new="$archive.$$"
  {
    "$java" "${options[@]}" -Xlog:disable -Xshare:dump -XX:SharedClassListFile="$1" \
      -XX:SharedArchiveFile="$new" -cp "$libraries" && [[ -s "$new" ]] || : > "$new"
    mv -f "$new" "$archive" || rm -f "$new"
  } >/dev/null 2>&1
}

# Replaces this shell by the command with the arguments $@.
start() {
  # A command that runs for seconds gains nothing from the second compiler, nor from a heap that is
  # large from the start; a server does. The heap may grow to Java's default, a quarter of the memory:
  # DuckDB needs up to 600 MB more.
  if [[ "${1:-}" != serve ]]; then
    default 'Tiered|Xint|Xcomp' -XX:TieredStopAtLevel=1
    default 'Xm[nsx]|HeapSize|NewSize|RAM|Use[A-Za-z0-9]*GC' -Xms64m -Xmn24m
    # The C library of Linux otherwise keeps free memory for each thread.
    export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
  fi
  if [[ -s "$archive" ]]; then
    default 'Xshare|SharedArchive|ArchiveClasses' -XX:SharedArchiveFile="$archive" '-Xlog:cds*=off'
  fi

  # Java knows no home folder of a user ID without a passwd entry, which is common in containers.
  if [[ -z "${IDC4J_HOME:-}" ]]; then
    if [[ -w "${HOME:-}" ]]; then
      export IDC4J_HOME="$HOME/.idc4j"
    else
      export IDC4J_HOME="${TMPDIR:-/tmp}/idc4j-$UID"
      # Only a folder of the user's own: anybody can write to the folder above it.
      mkdir -p -m 700 "$IDC4J_HOME" 2>/dev/null && [[ -O "$IDC4J_HOME" ]] \
        || fail "you have no home folder that you can write to, and cannot use $IDC4J_HOME. Set IDC4J_HOME to a folder for the data."
    fi
  fi

  # Java cannot find out which of its streams is a terminal. A dumb one cannot replace a line.
  local terminals=""
  if [[ "${TERM:-dumb}" != dumb ]]; then
    if [[ -t 1 ]]; then
      terminals+=out
      # After a child process, Bash sets COLUMNS to the width of the terminal.
      shopt -s checkwinsize
      (:)
      export COLUMNS
    fi
    [[ -t 2 ]] && terminals+=err
  fi
  options+=("-Didc4j.terminals=$terminals")

  # Messages name commands as this user can type them.
  local launcher="$0"
  [[ ":$PATH:" != *":${0%/*}:"* ]] || launcher="${0##*/}"
  options+=("-Didc4j.launcher=$launcher")

  # The user's options are split at spaces.
  set -f
  exec "$java" "${options[@]}" ${IDC4J_JAVA_OPTIONS:-} -cp "$class_path" io.github.idc4j.cli.Main "$@"
}
