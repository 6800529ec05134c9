/**
 * `npm run evaluate -- DIR … --confidence`: the curves of `section-confidence.ts`, fitted to what sections found on grouped folds were right about, and
 * what they are worth: each track is judged by curves that were fitted to the tracks of other folds.
 */
import { expectedCalibrationError } from '../../src/core/evaluation/calibration.ts'
import { songLikeness } from '../../src/core/features/song-likeness.ts'
import { spanLength } from '../../src/core/labels/span.ts'
import { STYLES, type Style } from '../../src/core/models/style-priors.ts'
import { decodeSections } from '../../src/core/sections/decode-sections.ts'
import {
  type ConfidenceCurves,
  PLAIN_CURVES,
  type SaidSection,
  sectionConfidence,
  shareOdds,
} from '../../src/core/sections/section-confidence.ts'
import { fitLogistic } from './fit-logistic.ts'
import { foldSides, laySides, type Prepared } from './folds.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { judgeSections, spanSeconds } from './measures.ts'
import { alignColumns } from './table.ts'
import { type TrainedModels, trainModels } from './train.ts'

export type JudgedSection = SaidSection & { readonly track: string; readonly isSong: boolean; readonly right: boolean }

const LEAST_CHANCE = 1e-6

const judgeTrack = ({ model }: TrainedModels, { track, context, grid, features, form, tracking }: GriddedTrack) => {
  const songShare = songLikeness(features)
  return decodeSections(model, context, grid, { form, curves: PLAIN_CURVES }).flatMap((section): JudgedSection[] => {
    const times = spanSeconds(grid, section, tracking.durationSeconds)
    const [judged] = judgeSections(track, [{ ...times, label: section.kind, confidence: section.confidence }])
    const bars = spanLength(section) / grid.beatsPerBar
    const { id, isSong } = track
    return judged ? [{ track: id, isSong, right: judged.right, share: section.confidence, bars, songShare }] : []
  })
}

export const fitCurves = (sections: readonly JudgedSection[]): ConfidenceCurves => {
  const fit = (style: Style): ConfidenceCurves[Style] => {
    // There are too few songs for more than one number (decision 0069).
    const [odds, bias = 0, length = 0] = fitLogistic(
      sections.map(({ share, bars, songShare, right }) => ({
        columns: [shareOdds(share), ...(style === 'dance' ? [1, Math.log2(bars)] : [])],
        isTrue: right,
        weight: style === 'song' ? songShare : 1 - songShare,
      })),
    )
    return { bias, odds: odds!, length }
  }
  return { dance: fit('dance'), song: fit('song') }
}

type Said = { readonly confidence: number; readonly right: boolean }

const lineOf = (name: string, said: readonly Said[]): readonly string[] => {
  const mean = (value: (one: Said) => number): number => said.reduce((sum, one) => sum + value(one), 0) / said.length
  const ece = expectedCalibrationError(
    said.map(({ confidence }) => confidence),
    said.map(({ right }) => right),
  )
  const loss = mean(({ confidence, right }) => -Math.log(Math.max(LEAST_CHANCE, right ? confidence : 1 - confidence)))
  return [
    name,
    ...[ece, loss, mean(({ confidence }) => confidence), mean(({ right }) => (right ? 1 : 0))].map((v) => v.toFixed(3)),
    String(said.length),
  ]
}

type Options = { readonly seed: number; readonly shuffles: number; readonly onStep: (text: string) => void }

export const evaluateConfidence = async (corpus: Prepared, { seed, shuffles, onStep }: Options): Promise<string> => {
  const folds: { readonly tracks: ReadonlySet<string>; readonly sections: readonly JudgedSection[] }[] = []
  for (let shuffle = 0; shuffle < shuffles; shuffle++)
    for (const [fold, { train, test }] of foldSides(corpus, seed + shuffle).entries()) {
      onStep(`confidence: fold ${fold + 1} of shuffle ${shuffle + 1}`)
      const sides = await laySides(train, test)
      const models = await trainModels(sides.train)
      folds.push({
        tracks: new Set(sides.test.map(({ track }) => track.id)),
        sections: sides.test.flatMap((track) => judgeTrack(models, track)),
      })
    }
  const all = folds.flatMap(({ sections }) => sections)
  const byOthers = folds.flatMap(({ tracks, sections }) => {
    const curves = fitCurves(all.filter(({ track }) => !tracks.has(track)))
    return sections.map((one) => ({ ...one, confidence: sectionConfidence(one, curves) }))
  })
  const ways = {
    'share of the ways': all.map((one) => ({ ...one, confidence: one.share })),
    'curves of other folds': byOthers,
    'curves in use': all.map((one) => ({ ...one, confidence: sectionConfidence(one) })),
  }
  const fitted = fitCurves(all)
  return [
    `${all.length} sections of ${new Set(all.map(({ track }) => track)).size} tracks, ${shuffles} shuffles:`,
    alignColumns([
      ['said by', 'ECE', 'log loss', 'said', 'right', 'sections'],
      ...[false, true].flatMap((isSong) =>
        Object.entries(ways).map(([name, said]) =>
          lineOf(
            `${isSong ? 'songs' : 'dance'}: ${name}`,
            said.filter((one) => one.isSong === isSong),
          ),
        ),
      ),
    ]),
    alignColumns([
      ['curve, fitted to all', 'bias', 'log-odds', 'doubling of the length'],
      ...STYLES.map((style) => {
        const { bias, odds, length } = fitted[style]
        return [style, ...[bias, odds, length].map((value) => value.toFixed(2))]
      }),
    ]),
  ].join('\n\n')
}
