# Writes docs/benchmarks.md, and prints it, from the output of package benchtest:
# pairs of a number and its unit, where "floor-ms" is the floor of the figure in
# "ms", "max-ms" its bound, and "statements-ms" the number of a page's statements.
# It fails if a figure exceeds its bound.
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

# words turns "BenchmarkPage/demo_list-8" into "page: demo list".
function words(s) {
	sub(/^Benchmark/, "", s)
	sub(/-[0-9]+$/, "", s)
	sub(/\//, ": ", s)
	gsub(/_/, " ", s)
	while (match(s, /[a-z][A-Z]/)) s = substr(s, 1, RSTART) " " substr(s, RSTART + 1)
	return tolower(s)
}

function kind(u) { return u ~ /^(floor|max|statements)-/ ? substr(u, 1, index(u, "-") - 1) : "figure" }

function figure(at, which,   v) {
	if (!((at, which) in value)) return "-"
	v = value[at, which] + 0
	if (unit[at] == "ms") return sprintf(v < 10 ? "%.3f" : "%.1f", v) " ms"
	if (unit[at] ~ /^[kM]B$/) return sprintf("%.1f ", v) unit[at]
	return v
}

function ratio(at) { return value[at, "floor"] > 0 ? sprintf("%.1f", value[at, "figure"] / value[at, "floor"]) : "-" }

function within(at) {
	if (!((at, "max") in value)) return "-"
	return value[at, "figure"] + 0 <= value[at, "max"] + 0 ? "yes" : "NO"
}

function is_page(at) { return (at, "statements") in value }

function of(command,   line) { command | getline line; close(command); return line }

function out(line) { text = text line "\n" }

END {
	if (bad || !n) exit 1
	out("# Benchmarks\n")
	out("Written by `make bench`, which fails where a figure exceeds its bound. Each figure is the median of " rounds " rounds, measured")
	out("alternately with its floor, the minimum that the same result could cost on this machine.\n")
	out(of("date +%F") ", " of("go env GOVERSION") ", " of("go list -m modernc.org/sqlite") ", " of("go env GOOS") "/" of("go env GOARCH") ", " of("nproc") " cores, " \
		of("awk '/^MemTotal/ { printf \"%.0f GB\", $2 * 1024 / 1e9 }' /proc/meminfo") " of memory\n")
	out("## Pages\n")
	row = "| %-25s | %9s | %9s | %-6s | %9s | %6s | %10s |"
	out(sprintf(row, "page", "figure", "at most", "within", "floor", "times", "statements"))
	out("|---------------------------|----------:|----------:|--------|----------:|-------:|-----------:|")
	for (i = 1; i <= n; i++) if (is_page(i)) {
		sub(/^page: /, "", name[i])
		out(sprintf(row, name[i], figure(i, "figure"), figure(i, "max"), within(i), figure(i, "floor"), ratio(i), value[i, "statements"] + 0))
	}
	out("")
	out("Pages of the **demo**, and of the demo with a **thousand** innovations more, each with twenty answers and evidence. The")
	out("administrator asks for one at a time, each time at a new address; nothing is cached between requests (ADR 27).")
	out("The floor is `GET /siap`. Statements are all SQL statements of the request, including its session.\n")
	out("## Everything else\n")
	row = "| %-35s | %9s | %9s | %-6s | %9s | %6s |"
	out(sprintf(row, "what", "figure", "at most", "within", "floor", "times"))
	out("|-------------------------------------|----------:|----------:|--------|----------:|-------:|")
	for (i = 1; i <= n; i++) if (!is_page(i)) out(sprintf(row, name[i], figure(i, "figure"), figure(i, "max"), within(i), figure(i, "floor"), ratio(i)))
	out("")
	out("- **nation**: points and index of 552 regions with 36,742 innovations of 20 answers each, on one core; **region**: one of 300")
	out("  innovations with the reason of every row. The floor adds up the same answers.")
	out("- **start**: from starting `siida serve` to its first answer, on an empty database or the demo's. The floor is `siida --help`.")
	out("- **start with the demo**: from an empty folder to the demo's two years. The floor inserts the same rows, with tiny files.")
	out("- **memory**: resident, after the first answer, or after a sign-in and 200 pages. The floor is the smallest server in Go after as")
	out("  many requests.")
	out("- **view**: what Chromium is sent for a page of the demo, headers too: for a **first** view with an empty cache, and for one **repeated**")
	out("  with style sheet and script cached. The floor is the text of the page with gzip.")
	out("- **line**: from an address entered to the largest part painted (LCP), in Chromium with an empty cache, at 360 px, with 1.6 Mbit/s down,")
	out("  750 kbit/s up and a round trip of 150 ms; **jumps** is its layout shift (CLS). Chromium counts no time for opening a connection:")
	out("  three round trips with TLS, so the bound is 1.5 s less 450 ms. The floor is a page of one word. Median of 5 rounds.")
	out("- **mixed**: resident after ten thousand requests of six people at once, one of each role: pages, lists, figures, files, and answers")
	out("  saved, some with a file. The floor is the smallest server in Go after as many. One round.")
	out("- **put**: storing a file of 10 MB, synced to disk. The floor only hashes it.")
	printf "%s", text
	printf "%s", text > "docs/benchmarks.md"
	for (i = 1; i <= n; i++) if (within(i) == "NO") {
		printf "%s: %s exceeds %s\n", name[i], figure(i, "figure"), figure(i, "max") > "/dev/stderr"
		exceeded = 1
	}
	exit exceeded
}
