package io.github.recsys4j.eval.report;

import static io.github.recsys4j.eval.report.Svg.escape;

import java.util.List;

/** The frame of a self-contained page: no script, no font, no request. */
final class Page {
    private static final String STYLE = """
            :root{color-scheme:light dark;--bg:#fff;--fg:#1c2024;--soft:#5b6470;--line:#dfe3e8;--card:#f6f8fa;--good:#00684a;
            --s0:#0072b2;--s1:#d55e00;--s2:#009e73;--s3:#b0417f;--s4:#8a6d00;--s5:#3d8fc4;--s6:#5b5b5b;--s7:#6a3d9a;
            --b0:#d5dbe1;--b1:#b3cde3;--b2:#6baed6;--b3:#2879b9;--b4:#08407e}
            @media(prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e6e9ec;--soft:#a2abb5;--line:#343a41;--card:#1d2125;--good:#56d3a5;
            --s0:#56b4e9;--s1:#ff8f3f;--s2:#2fc79a;--s3:#e58cc0;--s4:#e0c341;--s5:#9ad0f5;--s6:#b5b5b5;--s7:#b69be0;
            --b0:#353b42;--b1:#1f4e79;--b2:#2879b9;--b3:#6baed6;--b4:#c6e2f5}}
            *{box-sizing:border-box}body{margin:0 auto;max-width:1060px;padding:1.2rem;background:var(--bg);color:var(--fg);
            font:16px/1.5 system-ui,sans-serif}h1{font-size:1.35rem;margin:.2rem 0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
            .head{font-size:1.15rem;padding:.9rem 1.1rem;background:var(--card);border-left:4px solid var(--s0);border-radius:4px;
            overflow-wrap:anywhere}.soft,figcaption,.legend{color:var(--soft);font-size:.88rem}
            .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:1.2rem}
            figure{margin:0;padding:.8rem;background:var(--card);border-radius:6px;min-width:0}figcaption{margin-bottom:.4rem}
            figcaption b{color:var(--fg)}svg{width:100%;height:auto;display:block}svg text{font:12px system-ui,sans-serif;fill:var(--fg)}
            .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;white-space:nowrap}
            th,td{padding:.35rem .7rem;border-bottom:1px solid var(--line);text-align:right;font-variant-numeric:tabular-nums}
            th:first-child,td:first-child,.text{text-align:left}td:first-child{position:sticky;left:0;background:var(--bg);max-width:15rem;
            overflow:hidden;text-overflow:ellipsis}td small{color:var(--soft);display:block;line-height:1.1}
            .best{font-weight:700;color:var(--good)}dl{overflow-wrap:anywhere}dt{font-weight:600;margin-top:.4rem}dd{margin:0 0 .3rem}
            .legend{display:flex;flex-wrap:wrap;gap:.2rem .9rem;margin-top:.4rem}.legend span{overflow-wrap:anywhere}
            .legend i{display:inline-block;width:.8rem;height:.8rem;border-radius:2px;margin-right:.35rem;vertical-align:-1px}
            .legend i.dashed{border-radius:50%}.grid-line,.grid line.grid{stroke:var(--line)}line.zero{stroke:var(--fg)}
            polyline{fill:none;stroke-width:2}polyline.dashed{stroke-dasharray:5 3}line.range{stroke-width:3;opacity:.55}
            circle.dashed{fill-opacity:.35}circle.big{r:6px}
            """;
    private static final String SERIES = ".s%1$d{--c:var(--s%1$d)}.b%1$d{--c:var(--b%1$d)}";

    private final StringBuilder body = new StringBuilder();

    static String colours() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < Svg.COLOURS; i++) {
            rules.append(SERIES.formatted(i));
        }
        return rules
                + "polyline,line.range,circle{stroke:var(--c)}circle,rect.bin{fill:var(--c)}.legend i{background:var(--c)}";
    }

    void add(String html) {
        body.append(html).append('\n');
    }

    void heading(String words) {
        add("<h2>" + escape(words) + "</h2>");
    }

    void figure(String title, String explanation, String svg, List<String> legend, String prefix) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < legend.size(); i++) {
            String style = prefix.equals("s") ? Svg.series(i) : prefix + i;
            keys.append("<span><i class=\"" + style + "\"></i>" + escape(legend.get(i)) + "</span>");
        }
        add("<figure><figcaption><b>" + escape(title) + "</b> " + escape(explanation) + "</figcaption>" + svg
                + (legend.isEmpty() ? "" : "<div class=\"legend\">" + keys + "</div>") + "</figure>");
    }

    String html(String title) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>" + escape(title)
                + "</title><style>" + STYLE + colours() + "</style></head><body>\n" + body + "</body></html>\n";
    }
}
