# Makes docs/benchmarks.md, and the same on the screen, of what package
# benchtest reports: pairs of a number and its unit, where "floor-ms" is the
# floor and "most-ms" the bound of the figure in "ms".
/^(---|FAIL|panic)/ { bad = 1 }
bad { print; next }
/^Benchmark/ && NF > 2 {
	n++
	name[n] = words($1)
	if ($2 > rounds) rounds = $2
	for (i = 3; i < NF; i += 2) {
		value[n, kind($(i + 1))] = $i
		if ($(i + 1) !~ /-/) unit[n] = $(i + 1)
	}
}

# words makes "page: list" of "BenchmarkPage/list-8".
function words(s) {
	sub(/^Benchmark/, "", s)
	sub(/-[0-9]+$/, "", s)
	sub(/\//, ": ", s)
	gsub(/_/, " ", s)
	while (match(s, /[a-z][A-Z]/)) s = substr(s, 1, RSTART) " " substr(s, RSTART + 1)
	return tolower(s)
}

function kind(u) { return u ~ /^(floor|most)-/ ? substr(u, 1, index(u, "-") - 1) : "figure" }

function figure(at, which,   v) {
	if (!((at, which) in value)) return "-"
	v = value[at, which] + 0
	if (unit[at] == "ms") return sprintf(v < 10 ? "%.3f" : "%.1f", v) " ms"
	if (unit[at] == "MB") return sprintf("%.1f MB", v)
	return v
}

function ratio(at) { return value[at, "floor"] > 0 ? sprintf("%.1f", value[at, "figure"] / value[at, "floor"]) : "-" }

function within(at) { return (at, "most") in value ? (value[at, "figure"] + 0 <= value[at, "most"] + 0 ? "yes" : "NO") : "-" }

function of(command,   line) { command | getline line; close(command); return line }

function out(line) { text = text line "\n" }

END {
	if (bad || !n) exit 1
	row = "| %-25s | %9s | %9s | %-6s | %9s | %6s |"
	out("# Benchmarks\n")
	out("Written by `make bench`. Each figure is the median of " rounds " rounds, in which it takes turns with its floor: the least that the")
	out("same answer could cost on this machine.\n")
	out(of("date +%F") ", " of("go env GOVERSION") ", " of("go list -m modernc.org/sqlite") ", " of("go env GOOS") "/" of("go env GOARCH") ", " of("nproc") " cores, " \
		of("awk '/^MemTotal/ { printf \"%.0f GB\", $2 * 1024 / 1e9 }' /proc/meminfo") " of memory\n")
	out(sprintf(row, "what", "figure", "at most", "within", "floor", "times"))
	out("|---------------------------|----------:|----------:|--------|----------:|-------:|")
	for (i = 1; i <= n; i++) out(sprintf(row, name[i], figure(i, "figure"), figure(i, "most"), within(i), figure(i, "floor"), ratio(i)))
	out("")
	out("- **nation**: points and index of 552 regions with 36,742 innovations of 20 answers each, on one core; **region**: one of 300")
	out("  innovations with the reason of every row. The floor adds up the same answers.")
	out("- **start**: from starting `siida serve` to its first answer, on an empty database or the demo's. The floor is `siida --help`.")
	out("- **memory**: resident, after the first answer, or after a sign-in and 200 pages. The floor is the smallest server in Go after as")
	out("  many requests.")
	out("- **page**, **statements**: what one page of the demo takes, asked for alone by its administrator. The floor is `GET /siap`.")
	out("- **put**: keeping a file of 10 MB, safe on the disk. The floor only hashes it.")
	printf "%s", text
	printf "%s", text > "docs/benchmarks.md"
}
