/**
 * @file How often something is right that comes with a confidence, as a curve that never falls.
 * Method: pool adjacent violators (Ayer et al., Annals of Mathematical Statistics 26, 1955), as in Zadrozny and Elkan, KDD 2002.
 * Conventions: between two confidences that were seen the lower one's share holds.
 */
export type Outcome = { readonly confidence: number; readonly isRight: boolean }

type Block = { readonly from: number; readonly right: number; readonly count: number }

/** @returns the share that is right at a confidence; null below all that were seen */
export const isotonicShare = (outcomes: readonly Outcome[]): ((confidence: number) => number | null) => {
  const blocks: Block[] = []
  for (const { confidence, isRight } of outcomes.toSorted((a, b) => a.confidence - b.confidence)) {
    blocks.push({ from: confidence, right: isRight ? 1 : 0, count: 1 })
    for (;;) {
      const [before, last] = [blocks.at(-2), blocks.at(-1)!]
      if (before === undefined || before.right * last.count < last.right * before.count) break
      blocks.splice(-2, 2, { from: before.from, right: before.right + last.right, count: before.count + last.count })
    }
  }
  return (confidence) => {
    const block = blocks.findLast(({ from }) => from <= confidence)
    return block === undefined ? null : block.right / block.count
  }
}
