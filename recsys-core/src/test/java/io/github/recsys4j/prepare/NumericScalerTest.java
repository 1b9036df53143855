package io.github.recsys4j.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.prepare.NumericScaler.ColumnScale;
import io.github.recsys4j.prepare.NumericScaler.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NumericScalerTest {
    private static final Table TABLE = new Table(
            7,
            List.of(
                    new Column("views", List.of("1", "2", "3", "10", "", "1000", "soon")),
                    new Column("same", List.of("5", "5", "5", "5", "5", "5", "5"))));

    private static NumericScaler fit(Method method) {
        return NumericScaler.fit(method, TABLE, List.of("views", "same"), row -> row < 4);
    }

    /** The training values 1, 2, 3, 10: mean 4, population deviation 3.5355, quartiles 1.75, 2.5, 4.75. */
    @ParameterizedTest(name = "{0}: 1 becomes {1}, 1000 becomes {2}, nothing becomes {3}")
    @CsvSource({
        "STANDARD, -0.848528, 281.7113, -0.424264",
        "MIN_MAX, 0, 111, 0.1666667",
        "LOG1P, 0.6931472, 6.9087548, 1.2527629",
        "ROBUST, -0.5, 332.5, 0",
        "NONE, 1, 1000, 2.5"
    })
    void apply_method_givesTheFormulasValues(Method method, float one, float thousand, float absent) {
        NumericScaler.Scaled scaled = fit(method).apply(TABLE);
        assertThat(scaled.rows().row(0)[0]).isCloseTo(one, within(1e-5f));
        assertThat(scaled.rows().row(5)[0]).isCloseTo(thousand, within(1e-3f));
        assertThat(scaled.rows().row(4)[0]).isCloseTo(absent, within(1e-5f));
        assertThat(scaled.rows().row(6)[0]).isCloseTo(absent, within(1e-5f));
        assertThat(scaled.report()).hasToString("numbers: 12 of 14 kept, absent: 1, not a finite number: 1");
        assertThat(scaled.report().examples()).containsExactly("views in row 4", "views in row 6 is \"soon\"");
    }

    @Test
    void apply_columnOfEqualValues_keepsScaleOne() {
        assertThat(fit(Method.STANDARD).apply(TABLE).rows().row(2)[1]).isZero();
        assertThat(fit(Method.MIN_MAX).columns().get(1)).isEqualTo(new ColumnScale("same", 5, 1, 5));
    }

    @Test
    void apply_rowWithoutAnyNumber_isAbsent() {
        NumericScaler scaler = NumericScaler.fit(Method.NONE, TABLE, List.of("views"), row -> true);
        DenseRows rows = scaler.apply(TABLE).rows();
        assertThat(rows.present(3)).isTrue();
        assertThat(rows.present(4)).isFalse();
        assertThat(rows.dim()).isEqualTo(1);
        assertThat(rows.rows()).isEqualTo(7);
        assertThat(rows.values().get(3)).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void fromJson_ofToJson_isEqual(Method method) {
        NumericScaler scaler = NumericScaler.of(
                method, List.of(new ColumnScale("a \"b\"", 1 / 3.0, 1e-300, -Math.PI), new ColumnScale("c", 0, 1, 0)));
        assertThat(NumericScaler.fromJson(scaler.toJson())).isEqualTo(scaler).hasSameHashCodeAs(scaler);
        assertThat(scaler.toJson()).contains("\"column\" : \"c\"");
    }

    @Test
    void fromJson_brokenText_saysWhatToGive() {
        for (String broken : List.of("", "{}", "{\"method\": \"x\", \"columns\": []}", "{\"method\"")) {
            assertThatThrownBy(() -> NumericScaler.fromJson(broken))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageStartingWith("settings of a scaler cannot be read: ")
                    .hasMessageEndingWith("Give the text that toJson() wrote.");
        }
    }

    @Test
    void fit_columnThatIsNotThere_namesTheColumns() {
        assertThatThrownBy(() -> NumericScaler.fit(Method.NONE, TABLE, List.of("clicks"), row -> true))
                .isInstanceOf(DatasetException.class)
                .hasMessage("there is no column \"clicks\"; the columns are [views, same].");
    }

    @Test
    void fit_noNumberInTraining_saysWhatToDo() {
        assertThatThrownBy(() -> NumericScaler.fit(Method.NONE, TABLE, List.of("views"), row -> row == 6))
                .hasMessage("column \"views\" has no number in any training row, such as 3.5; leave it out, or treat it"
                        + " as categories.");
        assertThatThrownBy(() -> NumericScaler.fit(Method.NONE, TABLE, List.of(), row -> true))
                .hasMessage("columns must name at least one column to scale");
        assertThatThrownBy(() -> new ColumnScale("a", 0, 0, 0))
                .hasMessage("column a needs a finite shift and fill and a scale above 0, got shift 0.0, fill 0.0 and"
                        + " scale 0.0");
    }
}
