#!/usr/bin/env bash
# Whole programs side by side: `cuepoint … list QUERY`, which reads and indexes its files first, and `fzf --filter QUERY`
# over the lines of the same talks, which are made beforehand. Both in turn, so that a busy machine slows both.
#
#   benches/fzf.sh [PROGRAM [ARGUMENT…]]      benches/fzf.sh target/release/cuepoint --source FOLDER
#
# Without arguments: the release binary and the bundled archive. RUNS=20 sets how often each query is asked.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v fzf >/dev/null; then
    echo "fzf is not installed: nothing to hold cuepoint against"
    exit 0
fi
program=${1:-target/release/cuepoint}
shift || true
if [[ ! -x $program ]]; then
    echo "$program: no such program; run cargo build --release" >&2
    exit 2
fi
if [[ -z ${EPOCHREALTIME:-} ]]; then
    echo "bash 5 or newer is needed for its clock" >&2
    exit 2
fi
export LC_ALL=C
runs=${RUNS:-11}
lines=$(mktemp)
trap 'rm -f "$lines" "$lines".*' EXIT

# Problems of the files are told every time; they are not what is measured.
"$program" "$@" list --format text 2>/dev/null >"$lines"
talks=$(wc -l <"$lines")
if ((talks == 0)); then
    echo "no talks to search" >&2
    exit 2
fi

# Words that some talk holds: a name and a word of the title of the talk a third down, its last name half typed.
IFS=$'\t' read -r _ title people _ < <(sed -n "$((talks / 3 + 1))p" "$lines")
people=${people%%[,(]*}
name=$(tr '[:upper:]' '[:lower:]' <<<"$people" | sed 's/ *$//')
last=${name##* }
word=$(tr '[:upper:]' '[:lower:]' <<<"$title" | tr -cs '[:alnum:]' '\n' | awk 'length > length(best) { best = $0 } END { print best }')
queries=("$name" "$last" "${last:0:$(((${#last} + 1) / 2))}" "$word" "$word $last" "e" "2020")

# Microseconds that a command takes; finding nothing is an answer too.
took() {
    local start=${EPOCHREALTIME/./}
    "$@" >/dev/null 2>&1 || true
    echo $((${EPOCHREALTIME/./} - start))
}
filter() { fzf --filter "$1" <"$lines"; }

# min and median of the figures in a file, in milliseconds
spread() { sort -n "$1" | awk '{ t[NR] = $1 / 1000 } END { printf "%.1f %.1f", t[1], t[int((NR + 1) / 2)] }'; }

echo "$(fzf --version), $talks talks, $runs runs of each; milliseconds of whole programs"
printf '%-36s %19s %19s %8s\n' "" "cuepoint min/median" "fzf min/median" "fzf/ours"
for query in "${queries[@]}"; do
    [[ -n $query ]] || continue
    : >"$lines.ours" >"$lines.fzf"
    took "$program" "$@" list --limit 10 --format text "$query" >/dev/null
    took filter "$query" >/dev/null
    for ((run = 0; run < runs; run++)); do
        took "$program" "$@" list --limit 10 --format text "$query" >>"$lines.ours"
        took filter "$query" >>"$lines.fzf"
    done
    read -r our_min our_median < <(spread "$lines.ours"; echo)
    read -r fzf_min fzf_median < <(spread "$lines.fzf"; echo)
    ratio=$(awk -v a="$fzf_median" -v b="$our_median" 'BEGIN { printf "%.2f", a / b }')
    printf '%-36s %10s/%8s %10s/%8s %7s×\n' "$query" "$our_min" "$our_median" "$fzf_min" "$fzf_median" "$ratio"
done
