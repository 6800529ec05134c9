/** Whether the evidence that is shown decided: what it costs to delete it, beside deleting as much at random. On tracks that the model had not seen. */
import { bootstrapBand } from '../../src/core/evaluation/bootstrap-band.ts'
import { deletionOf } from '../../src/core/sections/faithfulness.ts'
import { foldSides, laySides, type Prepared } from './folds.ts'
import { spansInBeats, trainModels } from './train.ts'

type Options = { readonly seed: number; readonly onFold: (text: string) => void }

const points = (share: number): string => (share * 100).toFixed(1)

export const evaluateExplanations = async (corpus: Prepared, { seed, onFold }: Options): Promise<string> => {
  const tracks: { named: number; random: number; count: number }[] = []
  let without = 0
  for (const [fold, { train, test }] of foldSides(corpus, seed).entries()) {
    onFold(`explanations: fold ${fold + 1}`)
    const sides = await laySides(train, test)
    const { model } = await trainModels(sides.train)
    for (const gridded of sides.test) {
      const deletions = spansInBeats(gridded).flatMap((span, at) => {
        if (span.endBeat - span.startBeat < 4) return []
        const one = deletionOf(model, { features: gridded.features, grid: gridded.grid, span }, seed + at)
        if (one === null) without++
        return one === null ? [] : [one]
      })
      if (deletions.length === 0) continue
      const mean = (of: 'named' | 'random'): number =>
        deletions.reduce((sum, one) => sum + one[of], 0) / deletions.length
      tracks.push({ named: mean('named'), random: mean('random'), count: deletions.length })
    }
  }
  const differenceOf = (chosen: readonly number[]): number =>
    chosen.reduce((sum, at) => sum + tracks[at]!.named - tracks[at]!.random, 0) / Math.max(1, chosen.length)
  const all = [...tracks.keys()]
  const band = bootstrapBand(tracks.length, differenceOf, { seed })
  const meanOf = (of: 'named' | 'random'): number => tracks.reduce((sum, one) => sum + one[of], 0) / tracks.length
  const spans = tracks.reduce((sum, { count }) => sum + count, 0)
  return [
    `${spans} spans of ${tracks.length} tracks that the model had not seen; of ${without} more only place or length spoke`,
    `Deleting what is named costs the kind ${points(meanOf('named'))} points of its probability, as much at random ${points(meanOf('random'))}`,
    `Difference ${points(differenceOf(all))} points (90 % band over tracks ${points(band.low)} to ${points(band.high)})`,
  ].join('\n')
}
