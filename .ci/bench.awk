# Makes docs/benchmarks.md, and the same on the screen, of what package
# benchtest reports: pairs of a number and its unit, where "floor-ms" is the
# floor and "most-ms" the bound of the figure in "ms", "peer-pages/s" what another
# program does, and "least-pages/s" how many times of that are wanted.
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

function kind(u) { return u ~ /^(floor|most|peer|least)-/ ? substr(u, 1, index(u, "-") - 1) : "figure" }

function figure(at, which,   v) {
	if (!((at, which) in value)) return "-"
	v = value[at, which] + 0
	if (unit[at] == "ms") return sprintf(v < 10 ? "%.3f" : "%.1f", v) " ms"
	if (unit[at] == "pages/s") return sprintf(v < 100 ? "%.1f" : "%.0f", v)
	if (unit[at] ~ /^[kM]B$/) return sprintf("%.1f ", v) unit[at]
	return v
}

function ratio(at) { return value[at, "floor"] > 0 ? sprintf("%.1f", value[at, "figure"] / value[at, "floor"]) : "-" }

function times(at) { return value[at, "figure"] / value[at, "peer"] }

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
	for (i = 1; i <= n; i++) if (!((i, "peer") in value)) out(sprintf(row, name[i], figure(i, "figure"), figure(i, "most"), within(i), figure(i, "floor"), ratio(i)))
	out("")
	out("- **nation**: points and index of 552 regions with 36,742 innovations of 20 answers each, on one core; **region**: one of 300")
	out("  innovations with the reason of every row. The floor adds up the same answers.")
	out("- **start**: from starting `siida serve` to its first answer, on an empty database or the demo's. The floor is `siida --help`.")
	out("- **start with the demo**: from an empty folder to the demo's two years. The floor makes the same rows, with next to nothing in files.")
	out("- **memory**: resident, after the first answer, or after a sign-in and 200 pages. The floor is the smallest server in Go after as")
	out("  many requests.")
	out("- **page**, **statements**: what one page of the demo takes, asked for alone by its administrator. The floor is `GET /siap`.")
	out("- **view**: what Chromium is sent for a page of the demo, headers too: for a **first** view with nothing kept, and for one **repeated**")
	out("  by whoever has style sheet and script, but not the page as it is now. The floor is the words of the page with gzip.")
	out("- **line**: from an address entered to the largest part painted (LCP), in Chromium with nothing kept, at 360 px, with 1.6 Mbit/s down,")
	out("  750 kbit/s up and 150 ms there and back; **jumps** is its layout shift (CLS). Chromium counts no time for opening a connection:")
	out("  three times there and back with TLS, so the bound is 1.5 s less 450 ms. The floor is a page of one word. Median of 5 rounds.")
	out("- **mixed**: resident after ten thousand requests of six people at once, one of each role: pages, lists, figures, files, and answers")
	out("  saved, some with a file. The floor is the smallest server in Go after as many. Median of 5 rounds.")
	out("- **put**: keeping a file of 10 MB, safe on the disk. The floor only hashes it.")
	out("- **peer: … alone**: the median of single pages, of the demo and of the demo with a thousand innovations more, each with twenty")
	out("  answers and evidence, asked for again by the same person while nothing changes (ADR 23). **anew**: of a page that nobody has")
	out("  asked for, made while nothing changes: what the second reader of an index waits (ADR 26). **changed**: what the first one waits")
	out("  after a change, which is not measured itself. The floor is `GET /siap`.")
	out("")
	peer = "| %-33s | %9s | %10s | %7s | %8s | %-6s |"
	out("## Beside PocketBase\n")
	out(of("awk '/pocketbase\\/pocketbase v/ { print $2 \" \" $3 }' tools/pocketbase/go.mod") ", built without C, with the same agencies, periods, innovations, answers and documents; both")
	out("take turns, twice. SI-IDA serves the page that it has kept (ADR 23); what one made anew takes stands above. Figures")
	out("are pages a second, to one visitor and to 32 at once. A page of PocketBase is every call that a page made in the")
	out("browser would need, one after the other, with a token, gzip, the fields that are shown and no totals.\n")
	out(sprintf(peer, "pages a second", "SI-IDA", "PocketBase", "times", "at least", "within"))
	out("|-----------------------------------|----------:|-----------:|--------:|---------:|--------|")
	for (i = 1; i <= n; i++) if ((i, "peer") in value)
		out(sprintf(peer, name[i], figure(i, "figure"), figure(i, "peer"), sprintf("%.1f", times(i)), value[i, "least"] + 0, times(i) >= value[i, "least"] ? "yes" : "NO"))
	out("")
	out("- **home**: the newest period; the innovations with their agency; a view that counts the answers of each (a thousand rows a call).")
	out("- **innovation**: the newest period; the innovation with its agency; its answers; its documents.")
	out("- **index**: the newest period; the innovations with their agency; a view of the answers that have evidence.")
	out("- PocketBase then sends rows: it makes no page, looks up no assignments of who asks, scores nothing, explains nothing, and knows no")
	out("  instrument.")
	printf "%s", text
	printf "%s", text > "docs/benchmarks.md"
}
