package io.github.recsys4j.model;

import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a recommender runs in ONNX Runtime. */
record Models(OrtModel tower, Optional<ItemMaker> maker, Optional<PairRanker> ranker) {

    /** Opens all of them, or none. */
    static Models open(ModelArtifact artifact, Device device) {
        List<OrtModel> opened = new ArrayList<>();
        try {
            OrtModel tower = open(artifact, ArtifactFiles.USER_TOWER, artifact.userTower(), device);
            opened.add(tower);
            Optional<ItemMaker> maker = artifact.contents().map(contents -> {
                OrtModel items = open(artifact, ArtifactFiles.ITEM_TOWER, contents.tower(), device);
                opened.add(items);
                return ItemMaker.of(ArtifactFiles.ITEM_TOWER, items, artifact.manifest());
            });
            Optional<PairRanker> ranker = artifact.ranker().map(bytes -> {
                OrtModel scorer = open(artifact, ArtifactFiles.RANKER, bytes, device);
                opened.add(scorer);
                return new PairRanker(scorer, artifact.manifest().shape().dim());
            });
            return new Models(tower, maker, ranker);
        } catch (RuntimeException | Error e) {
            opened.forEach(OrtModel::close);
            throw e;
        }
    }

    private static OrtModel open(ModelArtifact artifact, String file, ByteBuffer onnx, Device device) {
        String name = artifact.manifest().name() + "/" + file;
        return OrtModel.of(name, ModelArtifact.bytes(onnx), OrtOptions.on(device));
    }

    /** Closes all but the tower, which its encoder closes. */
    void close() {
        maker.ifPresent(ItemMaker::close);
        ranker.ifPresent(PairRanker::close);
    }
}
