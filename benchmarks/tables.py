"""Tables of what was measured, on standard output."""

from collections.abc import Callable

from .results import Result, Side

NAME = 36
WIDTH = 8
SIDES = ("ours", "stock", "floor")
COLUMNS: tuple[tuple[str, int, Callable[[Side], str]], ...] = (
    ("web CPU ms", 3, lambda side: f"{side.median.cpu:.2f}"),
    ("database CPU ms", 2, lambda side: f"{side.median.database_cpu:.2f}"),
    ("requests/s", 3, lambda side: f"{side.median.rate:.0f}"),
    ("ms for one", 2, lambda side: f"{side.median.latency:.1f}"),
    ("queries", 2, lambda side: str(side.queries)),
    ("kB", 2, lambda side: f"{side.size / 1_000:.1f}"),
)
"""Heading, how many of the sides are shown, and what of each."""


def print_comparison(title: str, results: list[Result]) -> None:
    """The first two columns are ratios of web CPU: of stock to ours, and of ours to the floor."""
    print_heading(title)
    print(f"{'':{NAME}}{'CPU ratios':^{2 * WIDTH}}" + "".join(f"{name:^{WIDTH * count}}" for name, count, _ in COLUMNS))
    print(row("", ["st/ours", "ours/fl", *(name for _, count, _ in COLUMNS for name in SIDES[:count])]))
    for result in results:
        if result.sides:
            print(row(result.name, comparison(result.sides)))
        else:
            print(f"{result.name:{NAME}}  not there: {result.missing}")


def comparison(sides: dict[str, Side]) -> list[str]:
    cpu = {name: side.median.cpu for name, side in sides.items()}
    ratios = [f"{cpu['stock'] / cpu['ours']:.1f}×", f"{cpu['ours'] / cpu['floor']:.1f}×" if "floor" in cpu else ""]
    shown = [(show, name) for _, count, show in COLUMNS for name in SIDES[:count]]
    return ratios + [show(sides[name]) if name in sides else "" for show, name in shown]


def print_search(title: str, results: list[Result]) -> None:
    """CPU is that of the web server and the database together; the ratio is that of stock to ours."""
    print_heading(title)
    print(f"{'':{NAME}}{'':{WIDTH}}{'CPU ms':^{2 * WIDTH}}{'ms for one':^{2 * WIDTH}}{'queries':^{2 * WIDTH}}")
    print(row("", ["st/ours", *["ours", "stock"] * 3]))
    for result in results:
        if not result.sides:
            print(f"{result.name:{NAME}}  not there: {result.missing}")
            continue
        sides = [result.sides.get(name) for name in ("ours", "stock")]
        cpu = [side and side.median.cpu + side.median.database_cpu for side in sides]
        ratio = f"{cpu[1] / cpu[0]:.0f}×" if cpu[1] else ""
        latencies = [side and side.median.latency for side in sides]
        queries = [side.queries if side else "" for side in sides]
        print(row(result.name, [ratio, *(f"{time:.1f}" if time else "" for time in (*cpu, *latencies)), *queries]))


def print_growth(title: str, results: dict[int, list[Result]]) -> None:
    """For each number of pages CPU, of web and database together, and latency; then the last against the first."""
    print_heading(title)
    numbers = sorted(results)
    width = WIDTH * (len(numbers) + 1)
    print(f"{'':{NAME}}{'CPU ms':^{width}}{'ms for one':^{width}}")
    print(row("", [*(f"{number:,}" for number in numbers), "growth"] * 2))
    for same in zip(*(results[number] for number in numbers), strict=True):
        if all(result.sides for result in same):
            medians = [result.sides["ours"].median for result in same]
            cpu = [median.cpu + median.database_cpu for median in medians]
            print(row(same[0].name, grown(cpu) + grown([median.latency for median in medians])))


def grown(times: list[float]) -> list[str]:
    return [*(f"{time:.2f}" for time in times), f"{times[-1] / times[0]:.1f}×"]


def print_writes(title: str, writes: list[tuple[str, str]]) -> None:
    print_heading(title)
    for name, outcome in writes:
        print(f"{name:76}{outcome:>8}")


def print_screens(title: str, screens: list[tuple[str, float, float, int, float]]) -> None:
    """``screens`` as ``benchmarks.screens`` prints them."""
    print_heading(title)
    print(f"{'':60}" + "".join(f"{name:>12}" for name in ("web CPU ms", "db CPU ms", "queries", "of Wagtail's")))
    for name, here, database, queries, ratio in screens:
        print(f"{name:60}{here:>12.0f}{database:>12.0f}{queries:>12}{ratio:>11.2f}×")


def print_mails(title: str, mails: list[tuple[str, float, float, int, float]]) -> None:
    """``mails`` as ``benchmarks.mails`` prints them."""
    print_heading(title)
    print(f"{'':20}" + "".join(f"{name:>12}" for name in ("CPU ms", "mrml ms", "of mrml", "queries", "HTML kB")))
    for name, whole, by_mrml, queries, size in mails:
        print(f"{name:20}{whole:>12.1f}{by_mrml:>12.1f}{whole / by_mrml:>11.1f}×{queries:>12}{size:>12.0f}")


def print_registrations(title: str, registrations: list[tuple[str, float, float, int]]) -> None:
    """``registrations`` as ``benchmarks.registrations`` prints them."""
    print_heading(title)
    print(f"{'':28}" + "".join(f"{name:>12}" for name in ("a second", "of bare", "CPU ms", "of bare", "statements")))
    _, bare_rate, bare_cpu, _ = registrations[0]
    for name, rate, cpu, statements in registrations:
        ratios = f"{rate:>12.0f}{rate / bare_rate:>12.3f}{cpu:>12.1f}{cpu / bare_cpu:>11.1f}×"
        print(f"{name:28}{ratios}{statements:>12}")


def print_sending(title: str, measured: dict[str, dict[str, float]], ours: str, bare: str) -> None:
    """``measured`` as ``benchmarks.deliveries`` prints it, by what it is of."""
    print_heading(title)
    names = ("mails/s", "of bare", "ours/it", "CPU ms", "of bare", "it/ours")
    print(f"{'':28}" + "".join(f"{name:>12}" for name in names))
    rates = {name: one["mails"] / one["seconds"] for name, one in measured.items()}
    cpu = {name: 1_000 * one["cpu"] / one["mails"] for name, one in measured.items()}
    for name in measured:
        by_clock = f"{rates[name]:>12.0f}{rates[name] / rates[bare]:>12.2f}{rates[ours] / rates[name]:>11.1f}×"
        print(f"{name:28}{by_clock}{cpu[name]:>12.2f}{cpu[name] / cpu[bare]:>12.1f}{cpu[name] / cpu[ours]:>11.1f}×")


def print_preparing(title: str, measured: dict[str, dict[str, float]]) -> None:
    print_heading(title)
    print(f"{'':28}" + "".join(f"{name:>12}" for name in ("seconds", "CPU s")))
    for name, one in measured.items():
        print(f"{name:28}{one['seconds']:>12.2f}{one['cpu']:>12.2f}")


def print_memory(title: str, memory: dict[int, float]) -> None:
    print_heading(title)
    for number, size in memory.items():
        print(f"{f'{number:,} subscribers':28}{size:>12.0f} MB")
    print(f"{'growth':28}{memory[max(memory)] / memory[min(memory)]:>12.2f}×")


def print_heading(title: str) -> None:
    print(f"\n\n{title}\n{'=' * len(title)}\n", flush=True)


def row(name: str, cells: list[str]) -> str:
    return f"{name:{NAME}}" + "".join(f"{cell:>{WIDTH}}" for cell in cells)
