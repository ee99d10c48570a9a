#!/bin/sh
# What one machine of a CI does. All of them have a checkout of the same commit; each calls one of:
#
#   docs/ci/run.sh part 1 3   runs the first of three parts of the tests, and writes output/part-1
#   docs/ci/run.sh review     records the journeys, compares them with the baselines, and writes output/review
#   docs/ci/run.sh merge      puts output/part-* together, and writes output/whole; options go to `journeys merge`
#
# OUTPUT names another folder than output. ARGS has more options of pytest, such as ARGS="-n 4".
set -eu
cd "$(dirname "$0")/../.."
output=${OUTPUT:-output}

case ${1-} in
part)
    make setup
    # shellcheck disable=SC2086 - several options
    .venv/bin/pytest -n 2 --splits "$3" --group "$2" --junitxml "$output/part-$2/junit.xml" ${ARGS-}
    ;;
review)
    make setup
    .venv/bin/journeys record --output "$output/review/recordings"
    COLUMNS=160 .venv/bin/journeys review "$output/review/recordings" --html "$output/review/review.html" \
        >"$output/review/summary.txt" || failed=$?
    cat "$output/review/summary.txt"
    exit "${failed-0}"
    ;;
merge)
    make setup
    shift
    .venv/bin/journeys merge "$output"/part-* --output "$output/whole" "$@"
    ;;
*)
    sed -n 's/^# \{0,1\}//p' "$0" | sed 1d >&2
    exit 2
    ;;
esac
