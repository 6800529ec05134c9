/**
 * Sums of regression trees, one sum per output, in flat typed arrays. A row goes left where `row[feature] <= threshold`;
 * thresholds and values are float32, so that ONNX TreeEnsembleRegressor decides and adds exactly the same.
 */
export type BoostedTrees = {
  /** Number of classes. Two classes have one output (the logit of class 1), more have one output each. */
  readonly classCount: number
  readonly columnCount: number
  /** Log-prior of each output, added before the trees. */
  readonly baseScores: Float32Array
  /** First node of each tree, rising. */
  readonly treeRoots: Int32Array
  /** The output that each tree adds to. */
  readonly treeOutputs: Uint8Array
  /** The column that each node tests, −1 in a leaf. */
  readonly features: Int16Array
  readonly thresholds: Float32Array
  /** Node indices; 0 in a leaf. */
  readonly lefts: Int32Array
  readonly rights: Int32Array
  /** What a leaf adds; 0 in an inner node. */
  readonly values: Float32Array
  /** Training rows that passed each node. */
  readonly covers: Float32Array
}

export const outputCount = (classCount: number): number => (classCount === 2 ? 1 : classCount)

/** Steps from the root of each tree to its deepest leaf; children come after their parent. */
export const depthsOf = ({ treeRoots, features, lefts, rights }: BoostedTrees): readonly number[] => {
  const depths = new Int32Array(features.length)
  const deepest: number[] = []
  for (let tree = 0; tree < treeRoots.length; tree++) {
    const end = treeRoots[tree + 1] ?? features.length
    let most = 0
    for (let node = treeRoots[tree]!; node < end; node++) {
      if (features[node]! < 0) continue
      const depth = depths[node]! + 1
      depths[lefts[node]!] = depth
      depths[rights[node]!] = depth
      most = Math.max(most, depth)
    }
    deepest.push(most)
  }
  return deepest
}
