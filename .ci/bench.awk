# Makes a table of benchmarks, each beside its floor: the sub-benchmark called
# "floor", which does the least that the same answer could cost. Other figures
# of a benchmark (bytes, statements) follow as they are.
/^(---|FAIL|panic)/ { print; bad = 1 }
/^Benchmark/ && $4 == "ns/op" {
	name = substr($1, 10)
	sub(/-[0-9]+$/, "", name)
	group = name
	sub(/\/[^\/]*$/, "", group)
	if (name ~ /\/floor$/) { floor[group] = $3; next }
	order[++n] = name
	of[name] = group
	took[name] = $3
	for (i = 5; i < NF; i += 2) rest[name] = rest[name] "  " $i " " $(i + 1)
}
function ms(ns) { return sprintf("%.3f ms", ns / 1e6) }
END {
	line = "%-36s %14s %14s %8s %s\n"
	printf line, "benchmark", "time", "floor", "ratio", ""
	for (i = 1; i <= n; i++) {
		b = order[i]
		f = floor[of[b]]
		printf line, b, ms(took[b]), f ? ms(f) : "-", f ? sprintf("%.1f", took[b] / f) : "-", rest[b]
	}
	exit bad
}
