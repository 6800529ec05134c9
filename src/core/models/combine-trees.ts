import type { SectionKind } from '../labels/section-kind.ts'
import { type BoostedTrees, outputCount } from './regression-trees.ts'

/** A tree of an ensemble: which output of the new one it adds to, and what its leaves are multiplied by. */
type Part = { readonly from: BoostedTrees; readonly tree: number; readonly output: number; readonly factor: number }

/** The ensembles have the same columns, so rows go through the trees as before. */
const joinTrees = (
  parts: readonly Part[],
  ensemble: Pick<BoostedTrees, 'classCount' | 'columnCount' | 'baseScores'>,
): BoostedTrees => {
  const spans = parts.map(({ from, tree }) => {
    const first = from.treeRoots[tree]!
    return { first, end: from.treeRoots[tree + 1] ?? from.features.length }
  })
  const roots: number[] = []
  let nodeCount = 0
  for (const { first, end } of spans) {
    roots.push(nodeCount)
    nodeCount += end - first
  }
  const joined: BoostedTrees = {
    ...ensemble,
    treeRoots: Int32Array.from(roots),
    treeOutputs: Uint8Array.from(parts, ({ output }) => output),
    features: new Int16Array(nodeCount),
    thresholds: new Float32Array(nodeCount),
    lefts: new Int32Array(nodeCount),
    rights: new Int32Array(nodeCount),
    values: new Float32Array(nodeCount),
    covers: new Float32Array(nodeCount),
  }
  parts.forEach(({ from, factor }, at) => {
    const { first, end } = spans[at]!
    const root = roots[at]!
    for (const name of ['features', 'thresholds', 'covers'] as const)
      joined[name].set(from[name].subarray(first, end), root)
    for (let node = first; node < end; node++) {
      const isLeaf = from.features[node]! < 0
      joined.lefts[root + node - first] = isLeaf ? 0 : from.lefts[node]! - first + root
      joined.rights[root + node - first] = isLeaf ? 0 : from.rights[node]! - first + root
      joined.values[root + node - first] = from.values[node]! * factor
    }
  })
  return joined
}

const partsOf = (from: BoostedTrees, factor: number): Part[] =>
  Array.from(from.treeOutputs, (output, tree) => ({ from, tree, output, factor }))

/** The ensemble whose logits are `factor` times the given one's. */
export const scaleTrees = (trees: BoostedTrees, factor: number): BoostedTrees =>
  joinTrees(partsOf(trees, factor), { ...trees, baseScores: trees.baseScores.map((score) => score * factor) })

/** The ensemble whose logits are the sum of the members' logits. */
export const sumTrees = (members: readonly BoostedTrees[]): BoostedTrees => {
  const first = members[0]!
  return joinTrees(
    members.flatMap((member) => partsOf(member, 1)),
    {
      ...first,
      baseScores: first.baseScores.map((_, output) =>
        members.reduce((sum, { baseScores }) => sum + baseScores[output]!, 0),
      ),
    },
  )
}

/** The ensemble whose logits are the mean of the members' logits: what bagging over seeds ships as one model. */
export const averageTrees = (members: readonly BoostedTrees[]): BoostedTrees =>
  scaleTrees(sumTrees(members), 1 / members.length)

/**
 * An ensemble for other kinds that agrees with the given one: kinds that the given one does not know are as unlikely as its least likely
 * one, and kinds that are not asked for are left out.
 */
export const alignTrees = (
  { kinds, trees }: { readonly kinds: readonly SectionKind[]; readonly trees: BoostedTrees },
  wanted: readonly SectionKind[],
): BoostedTrees => {
  const isPair = outputCount(trees.classCount) === 1
  const scores = isPair ? [0, trees.baseScores[0]!] : [...trees.baseScores]
  const scoreOf = (kind: SectionKind): number => scores[kinds.indexOf(kind)] ?? Math.min(...scores)
  const outputs = outputCount(wanted.length)
  const parts = Array.from(trees.treeOutputs, (output, tree) => {
    const place = wanted.indexOf(kinds[isPair ? 1 : output]!)
    // With two classes the only logit is that of the second against the first.
    if (outputs === 1) return { from: trees, tree, output: place < 0 ? -1 : 0, factor: place === 0 ? -1 : 1 }
    return { from: trees, tree, output: place, factor: 1 }
  }).filter(({ output }) => output >= 0)
  const [first, second] = wanted
  const baseScores = outputs === 1 ? [scoreOf(second!) - scoreOf(first!)] : wanted.map(scoreOf)
  return joinTrees(parts, {
    classCount: wanted.length,
    columnCount: trees.columnCount,
    baseScores: Float32Array.from(baseScores),
  })
}
