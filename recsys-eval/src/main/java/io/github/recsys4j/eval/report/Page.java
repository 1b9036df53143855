package io.github.recsys4j.eval.report;

import static io.github.recsys4j.eval.report.Svg.escape;

import java.util.List;

/** The frame of a self-contained page: no script, no font, no request. */
final class Page {
    private static final String STYLE = """
            *{box-sizing:border-box}body{margin:0 auto;max-width:1060px;padding:1.2rem;background:var(--bg);color:var(--fg);
            font:16px/1.5 system-ui,sans-serif}h1{font-size:1.35rem;margin:.2rem 0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
            .head{font-size:1.15rem;padding:.9rem 1.1rem;background:var(--card);border-left:4px solid var(--s0);border-radius:4px;
            overflow-wrap:anywhere}.soft,figcaption,.legend{color:var(--soft);font-size:.88rem}
            .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:1.2rem}
            figure{margin:0;padding:.8rem;background:var(--card);border-radius:6px;min-width:0}figcaption{margin-bottom:.4rem}
            figcaption b{color:var(--fg)}svg{width:100%;height:auto;display:block}svg text{font:12px system-ui,sans-serif;fill:var(--fg)}
            polyline{fill:none;stroke-width:2}
            .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;white-space:nowrap}
            th,td{padding:.35rem .7rem;border-bottom:1px solid var(--line);text-align:right;font-variant-numeric:tabular-nums}
            th:first-child,td:first-child,.text{text-align:left}td:first-child{position:sticky;left:0;background:var(--bg);max-width:15rem;
            overflow:hidden;text-overflow:ellipsis}td small{color:var(--soft);display:block;line-height:1.1}
            .best{font-weight:700;color:var(--s2)}dl{overflow-wrap:anywhere}dt{font-weight:600;margin-top:.4rem}dd{margin:0 0 .3rem}
            summary{cursor:pointer}.legend{display:flex;flex-wrap:wrap;gap:.2rem .9rem;margin-top:.4rem}
            .legend span{display:inline-flex;align-items:center;gap:.35rem;overflow-wrap:anywhere;min-width:0}
            .legend svg{width:26px;flex:none}@media(max-width:500px){body{padding:.6rem}td:first-child{max-width:8rem}}
            """;

    private final StringBuilder body = new StringBuilder();

    void add(String html) {
        body.append(html).append('\n');
    }

    void heading(String words) {
        add("<h2>" + escape(words) + "</h2>");
    }

    /** Adds charts beside each other where there is room. */
    void charts(List<Chart> charts) {
        add("<div class=\"grid\">");
        charts.forEach(this::figure);
        add("</div>");
    }

    private void figure(Chart chart) {
        StringBuilder keys = new StringBuilder();
        chart.legend()
                .forEach(key ->
                        keys.append("<span>" + Svg.sample(key) + "<span>" + escape(key.name()) + "</span></span>"));
        add("<figure><figcaption><b>" + escape(chart.title()) + "</b> " + escape(chart.words()) + "</figcaption>"
                + Svg.of(chart)
                + (chart.legend().isEmpty() ? "" : "<div class=\"legend\">" + keys + "</div>") + "</figure>");
    }

    String html(String title) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>" + escape(title)
                + "</title><style>:root{color-scheme:light dark;" + Ink.variables(false)
                + "}@media(prefers-color-scheme:dark){:root{" + Ink.variables(true) + "}}" + STYLE
                + "</style></head><body>\n" + body + "</body></html>\n";
    }
}
