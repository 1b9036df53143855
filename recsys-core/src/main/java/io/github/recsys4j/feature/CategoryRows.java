package io.github.recsys4j.feature;

import io.github.recsys4j.data.Table;
import io.github.recsys4j.prepare.CategoryEncoder;
import io.github.recsys4j.prepare.DenseRows;
import java.util.List;

/** Puts the categories of several columns side by side. */
final class CategoryRows {
    private CategoryRows() {}

    static FeatureMatrix matrix(Table table, List<CategoryEncoder> encoders) {
        List<DenseRows> parts =
                encoders.stream().map(encoder -> encoder.apply(table).rows()).toList();
        int dim = parts.stream().mapToInt(DenseRows::dim).sum();
        FeatureMatrix.Builder matrix = FeatureMatrix.builder(Modality.CATEGORIES, table.numRows(), dim);
        float[] row = new float[dim];
        for (int item = 0; item < table.numRows(); item++) {
            int at = 0;
            boolean present = false;
            for (DenseRows part : parts) {
                System.arraycopy(part.row(item), 0, row, at, part.dim());
                present |= part.present(item);
                at += part.dim();
            }
            if (present) {
                matrix.put(item, row);
            }
        }
        return matrix.build();
    }
}
