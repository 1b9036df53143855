package io.github.recsys4j.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as text. */
final class ReportFormats {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportFormats() {}

    static String json(EvaluationReport report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", EvaluationReport.SCHEMA);
        report.headline().ifPresent(headline -> root.put("headline", headline.sentence()));
        Protocol protocol = report.protocol();
        ObjectNode rules = root.putObject("protocol");
        rules.put("split", protocol.split());
        rules.put("candidates", protocol.candidates());
        rules.put("seen", protocol.seen());
        rules.put("ties", protocol.ties());
        rules.put("averaging", protocol.averaging());
        putCounts(root.putObject("counts"), protocol.counts());
        ObjectNode definitions = root.putObject("definitions");
        report.definitions().forEach(definitions::put);
        ObjectNode directions = root.putObject("directions");
        report.directions().forEach((label, direction) -> directions.put(label, lowerCase(direction)));
        ArrayNode models = root.putArray("models");
        report.models().forEach(model -> putModel(models.addObject(), model));
        ArrayNode pairs = root.putArray("comparisons");
        report.comparisons().forEach(pair -> putComparison(pairs.addObject(), pair));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and texts must be writable as JSON", e);
        }
    }

    private static void putCounts(ObjectNode node, Protocol.Counts counts) {
        node.put("cases", counts.cases());
        node.put("users", counts.users());
        node.put("users_skipped", counts.usersSkipped());
        node.put("items", counts.items());
        node.put("targets", counts.targets());
        node.put("targets_seen", counts.targetsSeen());
    }

    private static void putModel(ObjectNode node, ModelResult model) {
        node.put("name", model.name());
        putNumbers(node.putObject("metrics"), model.metrics());
        putNumbers(node.putObject("standard_errors"), model.standardErrors());
        ObjectNode intervals = node.putObject("intervals");
        model.intervals().forEach((label, interval) -> putInterval(intervals.putObject(label), interval));
        ObjectNode undefined = node.putObject("undefined_cases");
        model.figures().forEach((label, figure) -> putUndefined(undefined, label, figure.undefinedCases()));
        node.put("answered_by_popularity", model.answeredByPopularity());
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void putUndefined(ObjectNode node, String label, int cases) {
        if (cases > 0) {
            node.put(label, cases);
        }
    }

    private static void putInterval(ObjectNode node, Interval interval) {
        node.put("mean", interval.mean());
        node.put("low", interval.low());
        node.put("high", interval.high());
        node.put("level", interval.level());
    }

    private static void putComparison(ObjectNode node, Comparison pair) {
        node.put("metric", pair.metric());
        node.put("model", pair.model());
        node.put("other", pair.other());
        putInterval(node.putObject("difference"), pair.difference());
        node.put("p_value", pair.significance().pValue());
        node.put("adjusted_p_value", pair.significance().adjustedPValue());
        node.put("users", pair.significance().users());
        node.put("verdict", lowerCase(pair.verdict()));
    }

    private static void putNumbers(ObjectNode node, Map<String, Double> numbers) {
        numbers.forEach(node::put);
    }

    static String markdown(EvaluationReport report) {
        StringBuilder page = new StringBuilder("# Evaluation\n\n");
        report.headline().ifPresent(headline -> page.append("**" + escape(headline.sentence()) + "**\n\n"));
        appendTable(page, report);
        Protocol protocol = report.protocol();
        Protocol.Counts counts = protocol.counts();
        page.append("\nNumbers are means with their standard errors.\n");
        report.headline().map(Headline::lead).ifPresent(lead -> appendLead(page, lead));
        page.append("\n## Protocol\n\n")
                .append("* Split: ")
                .append(protocol.split())
                .append('\n')
                .append("* Candidates: ")
                .append(protocol.candidates())
                .append('\n')
                .append("* Seen items: ")
                .append(protocol.seen())
                .append('\n')
                .append("* Ties: ")
                .append(protocol.ties())
                .append('\n')
                .append("* Averaging: ")
                .append(protocol.averaging())
                .append('\n')
                .append("* Cases: %d of %d users; %d users skipped, who have nothing held out\n"
                        .formatted(counts.cases(), counts.users(), counts.usersSkipped()))
                .append("* Items: %d; held-out items: %d, of which %d also stand in the history\n"
                        .formatted(counts.items(), counts.targets(), counts.targetsSeen()));
        report.models().stream()
                .filter(model -> model.answeredByPopularity() > 0)
                .forEach(model -> page.append("* %s answered %d cases with its popularity fallback\n"
                        .formatted(model.name(), model.answeredByPopularity())));
        page.append("\n## Definitions\n\n");
        report.definitions().forEach((label, text) -> page.append("* " + label + ": " + text + "\n"));
        return page.toString();
    }

    private static void appendLead(StringBuilder page, List<Comparison> lead) {
        if (lead.isEmpty()) {
            return;
        }
        Comparison first = lead.get(0);
        page.append("\n## %s: %s against the others\n\n".formatted(first.metric(), escape(first.model())))
                .append("| other | difference | interval | adjusted p | verdict |\n|---|---|---|---|---|\n");
        lead.forEach(pair -> page.append("| %s | %s | %s | %s | %s |\n"
                .formatted(
                        escape(pair.other()),
                        Numbers.signed(pair.difference().mean()),
                        Numbers.text(pair.difference()),
                        Numbers.pValue(pair),
                        pair.verdict().words())));
    }

    /** A name that is text in a table, whatever signs it has. */
    private static String escape(String name) {
        return name.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("*", "\\*")
                .replace("<", "&lt;");
    }

    private static void appendTable(StringBuilder page, EvaluationReport report) {
        page.append("| model |");
        report.definitions()
                .keySet()
                .forEach(label -> page.append(' ').append(label).append(" |"));
        page.append("\n|---|")
                .append("---|".repeat(report.definitions().size()))
                .append('\n');
        for (ModelResult model : report.models()) {
            page.append("| ").append(escape(model.name())).append(" |");
            report.definitions()
                    .keySet()
                    .forEach(
                            label -> page.append(' ').append(cell(model, label)).append(" |"));
            page.append('\n');
        }
    }

    private static String cell(ModelResult model, String label) {
        if (!model.figures().containsKey(label)) {
            return "undefined";
        }
        Figure figure = model.figure(label);
        String mean = String.format(Locale.ROOT, "%.4f", figure.value());
        return figure.standardError().isPresent()
                ? mean
                        + String.format(
                                Locale.ROOT, " ± %.4f", figure.standardError().getAsDouble())
                : mean;
    }
}
