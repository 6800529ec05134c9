/**
 * @file Two section models as one: what each says of a row, weighed against the other.
 * Method: a logarithmic opinion pool (Genest and Zidek, Statistical Science 1986): calibrated logits are added by weight, so that trees of
 * both make one ensemble, and the blend is a model like any other.
 * Conventions: the kinds are those of the first; what only the second knows is left out, and it is least sure of what it does not know.
 */
import type { SectionKind } from '../labels/section-kind.ts'
import { alignTrees, scaleTrees, sumTrees } from './combine-trees.ts'
import type { Head, SectionModel } from './section-model.ts'

export type BlendWeight = {
  /** Of the second model, 0 to 1. */
  readonly share: number
  /** Divides the logits of the span head. */
  readonly temperature: number
}

/** A model that answers with other kinds. */
export const alignModel = (model: SectionModel, kinds: readonly SectionKind[]): SectionModel => {
  const aligned = ({ trees, temperature }: Head): Head => ({
    trees: alignTrees({ kinds: model.kinds, trees }, kinds),
    temperature,
  })
  return { ...model, kinds, spanHead: aligned(model.spanHead), beatHead: aligned(model.beatHead) }
}

const blendHeads = (ours: Head, theirs: Head, { share, temperature }: BlendWeight): Head => ({
  trees: sumTrees([
    scaleTrees(ours.trees, (1 - share) / ours.temperature),
    scaleTrees(theirs.trees, share / theirs.temperature),
  ]),
  temperature,
})

/** @param theirs aligned to the kinds of `ours` */
export const blendModels = (ours: SectionModel, theirs: SectionModel, weight: BlendWeight): SectionModel => {
  const same = { ...weight, temperature: 1 }
  return {
    ...ours,
    spanHead: blendHeads(ours.spanHead, theirs.spanHead, weight),
    beatHead: blendHeads(ours.beatHead, theirs.beatHead, same),
    boundaryHead:
      ours.boundaryHead && theirs.boundaryHead
        ? blendHeads(ours.boundaryHead, theirs.boundaryHead, same)
        : ours.boundaryHead,
  }
}
