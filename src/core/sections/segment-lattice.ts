/**
 * @file All ways to cut a track at candidate boundaries into labelled segments, and the best of them.
 * Method: semi-Markov (segmental) Viterbi and forward–backward in the log domain, as for hidden semi-Markov models (Yu, Artificial
 * Intelligence 174, 2010) and semi-Markov CRFs (Sarawagi & Cohen, NIPS 2004): a segment is scored as a whole, so that features and
 * duration priors of segments count, which a beat-wise model cannot offer.
 * Conventions: node 0 is the track's start, the last node its end; scores are logs, −∞ forbids; labels are 0 … labelCount − 1.
 */
export type SegmentLattice = {
  readonly nodeCount: number
  readonly labelCount: number
  /** Shape (nodeCount, nodeCount, labelCount): score of the segment from node i to node j > i; other entries are not read. */
  readonly segmentScores: Float64Array
  /** Shape (nodeCount): score of cutting at an inner node; those of the first and the last node are not read. */
  readonly cutScores: Float64Array
  /** Shape (labelCount, labelCount): from, to. */
  readonly transitionScores: Float64Array
  /** Shape (labelCount). */
  readonly initialScores: Float64Array
  /** Shape (labelCount). */
  readonly finalScores: Float64Array
}

export type LatticeSegment = { readonly from: number; readonly to: number; readonly label: number }

const logSum = (values: Float64Array): number => {
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity)
  if (largest === -Infinity) return -Infinity
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0))
}

/** Scores of a label that ends at `from`, seen from a segment of label `to` that starts there. */
const entryScores = (lattice: SegmentLattice, ending: Float64Array, from: number, to: number): Float64Array => {
  const { labelCount, transitionScores, cutScores, initialScores } = lattice
  if (from === 0) return Float64Array.of(initialScores[to]!)
  const scores = new Float64Array(labelCount)
  for (let label = 0; label < labelCount; label++)
    scores[label] = ending[from * labelCount + label]! + transitionScores[label * labelCount + to]! + cutScores[from]!
  return scores
}

/** @returns the highest-scoring segmentation; null when every one is forbidden. */
export const findBestPath = (lattice: SegmentLattice): { segments: LatticeSegment[]; score: number } | null => {
  const { nodeCount, labelCount, segmentScores, finalScores } = lattice
  const ending = new Float64Array(nodeCount * labelCount).fill(-Infinity)
  const cameFrom = new Int32Array(nodeCount * labelCount).fill(-1)
  const cameLabel = new Int32Array(nodeCount * labelCount).fill(-1)
  for (let from = 0; from < nodeCount - 1; from++)
    for (let label = 0; label < labelCount; label++) {
      const entries = entryScores(lattice, ending, from, label)
      let best = 0
      for (let before = 1; before < entries.length; before++) if (entries[before]! > entries[best]!) best = before
      if (entries[best] === -Infinity) continue
      for (let to = from + 1; to < nodeCount; to++) {
        const score = entries[best]! + segmentScores[(from * nodeCount + to) * labelCount + label]!
        const cell = to * labelCount + label
        if (score <= ending[cell]!) continue
        ending[cell] = score
        cameFrom[cell] = from
        cameLabel[cell] = best
      }
    }
  const last = nodeCount - 1
  let label = 0
  const closing = (candidate: number): number => ending[last * labelCount + candidate]! + finalScores[candidate]!
  for (let candidate = 1; candidate < labelCount; candidate++)
    if (closing(candidate) > closing(label)) label = candidate
  const score = closing(label)
  if (score === -Infinity) return null
  const segments: LatticeSegment[] = []
  for (let to = last; to > 0; ) {
    const cell = to * labelCount + label
    const from = cameFrom[cell]!
    segments.push({ from, to, label })
    label = cameLabel[cell]!
    to = from
  }
  return { segments: segments.reverse(), score }
}

/** Log of the summed weight of all segmentations that end at a node with a label. */
const sumForward = (lattice: SegmentLattice): Float64Array => {
  const { nodeCount, labelCount, segmentScores } = lattice
  const ending = new Float64Array(nodeCount * labelCount).fill(-Infinity)
  const incoming = Array.from({ length: nodeCount * labelCount }, () => [] as number[])
  for (let node = 0; node < nodeCount; node++) {
    for (let label = 0; label < labelCount; label++)
      if (node > 0) ending[node * labelCount + label] = logSum(Float64Array.from(incoming[node * labelCount + label]!))
    for (let label = 0; label < labelCount && node < nodeCount - 1; label++) {
      const entry = logSum(entryScores(lattice, ending, node, label))
      if (entry === -Infinity) continue
      for (let to = node + 1; to < nodeCount; to++) {
        const score = segmentScores[(node * nodeCount + to) * labelCount + label]!
        if (score > -Infinity) incoming[to * labelCount + label]!.push(entry + score)
      }
    }
  }
  return ending
}

/** The same track from its end: forward sums of the mirror are backward sums of the original. */
const mirror = (lattice: SegmentLattice): SegmentLattice => {
  const { nodeCount, labelCount } = lattice
  const segmentScores = new Float64Array(lattice.segmentScores.length).fill(-Infinity)
  const transitionScores = new Float64Array(lattice.transitionScores.length)
  for (let from = 0; from < nodeCount; from++)
    for (let to = from + 1; to < nodeCount; to++)
      for (let label = 0; label < labelCount; label++)
        segmentScores[((nodeCount - 1 - to) * nodeCount + (nodeCount - 1 - from)) * labelCount + label] =
          lattice.segmentScores[(from * nodeCount + to) * labelCount + label]!
  for (let from = 0; from < labelCount; from++)
    for (let to = 0; to < labelCount; to++)
      transitionScores[to * labelCount + from] = lattice.transitionScores[from * labelCount + to]!
  return {
    ...lattice,
    segmentScores,
    transitionScores,
    cutScores: lattice.cutScores.slice().reverse(),
    initialScores: lattice.finalScores,
    finalScores: lattice.initialScores,
  }
}

/** Logs of the summed weights of all segmentations. */
type Ways = {
  /** Shape (nodeCount, labelCount): of everything before a segment of the label that starts at the node. */
  readonly before: Float64Array
  /** Shape (nodeCount, labelCount): of the segment of the label that starts at the node, and of everything after it. */
  readonly from: Float64Array
  readonly total: number
}

/** @returns null when every segmentation is forbidden */
const sumWays = (lattice: SegmentLattice): Ways | null => {
  const { nodeCount, labelCount, finalScores } = lattice
  const forward = sumForward(lattice)
  const mirrored = sumForward(mirror(lattice))
  const last = nodeCount - 1
  const total = logSum(
    Float64Array.from({ length: labelCount }, (_, label) => forward[last * labelCount + label]! + finalScores[label]!),
  )
  if (total === -Infinity) return null
  const before = new Float64Array(nodeCount * labelCount)
  const from = new Float64Array(nodeCount * labelCount)
  for (let node = 0; node < nodeCount; node++)
    for (let label = 0; label < labelCount; label++) {
      before[node * labelCount + label] = logSum(entryScores(lattice, forward, node, label))
      from[node * labelCount + label] = mirrored[(last - node) * labelCount + label]!
    }
  return { before, from, total }
}

/** @returns shape (nodeCount): posterior probability of a cut at each node, 1 at both ends; null when every segmentation is forbidden */
export const cutPosteriors = (lattice: SegmentLattice): Float64Array | null => {
  const { nodeCount, labelCount } = lattice
  const ways = sumWays(lattice)
  if (!ways) return null
  const cuts = new Float64Array(nodeCount).fill(1)
  for (let node = 1; node < nodeCount - 1; node++) {
    const cells = Float64Array.from({ length: labelCount }, (_, label) => node * labelCount + label)
    cuts[node] = Math.exp(logSum(cells.map((cell) => ways.before[cell]! + ways.from[cell]!)) - ways.total)
  }
  return cuts
}

/**
 * @returns shape (nodeCount − 1, labelCount): posterior probability that the stretch between node n and n + 1 lies in a segment of the
 * label, over all segmentations; rows sum to 1. Null when every segmentation is forbidden.
 */
export const stretchPosteriors = (lattice: SegmentLattice): Float64Array | null => {
  const { nodeCount, labelCount, segmentScores, transitionScores, cutScores, finalScores } = lattice
  const ways = sumWays(lattice)
  if (!ways) return null
  const { before, from: starting, total } = ways
  const last = nodeCount - 1
  // Everything after a segment, without the segment itself.
  const after = new Float64Array(nodeCount * labelCount)
  for (let node = 0; node < nodeCount; node++)
    for (let label = 0; label < labelCount; label++)
      after[node * labelCount + label] =
        node === last
          ? finalScores[label]!
          : logSum(
              Float64Array.from(
                { length: labelCount },
                (_, next) =>
                  transitionScores[label * labelCount + next]! + cutScores[node]! + starting[node * labelCount + next]!,
              ),
            )
  const posteriors = new Float64Array(last * labelCount)
  for (let from = 0; from < last; from++)
    for (let to = from + 1; to < nodeCount; to++)
      for (let label = 0; label < labelCount; label++) {
        const log =
          before[from * labelCount + label]! +
          segmentScores[(from * nodeCount + to) * labelCount + label]! +
          after[to * labelCount + label]! -
          total
        if (log < -40) continue
        const weight = Math.exp(log)
        for (let node = from; node < to; node++) posteriors[node * labelCount + label]! += weight
      }
  return posteriors
}
