import { beforeAll, describe, expect, test } from 'vitest'
import { SPAN_ROW_LENGTH, spanRow } from '../features/span-features.ts'
import { prepareTrack } from '../features/track-context.ts'
import { predictLogits } from '../models/boosted-trees.ts'
import { attributeRow, explainSpans } from '../models/explain-rows.ts'
import { decodeOnnx } from '../models/onnx-decode.ts'
import { encodeOnnx } from '../models/onnx-encode.ts'
import { predictBeats, predictSpan } from '../models/section-model.ts'
import { buildTracks } from './built-tracks.test-fixture.ts'
import { labelKey } from './rivals.ts'
import { type TrainedSections, trainSections } from './train-sections.ts'
import type { TrainingReport } from './training-progress.ts'

const tracks = buildTracks(14)
const OPTIONS = { featureSpec: 'spec', seed: 1, epochs: 30 }
const reports: TrainingReport[] = []
const fractions: number[] = []
let trained: TrainedSections

beforeAll(async () => {
  trained = await trainSections(
    { tracks, options: OPTIONS },
    { onReport: (report) => reports.push(report), onProgress: (fraction) => fractions.push(fraction) },
  )
})

describe('the model', () => {
  test('labels tracks it never saw, intro and outro included', () => {
    const unseen = buildTracks(6, 2)
    const right = unseen.flatMap((track) => {
      const context = prepareTrack(track.matrix, track.grid)
      return track.labels.filter((label) => {
        const probabilities = predictSpan(trained.model, context, label)
        return trained.model.kinds[probabilities.indexOf(Math.max(...probabilities))] === label.kind
      })
    })
    expect(right.length / (unseen.length * 6)).toBeGreaterThan(0.9)
  })

  test('knows drops from breaks beat by beat', () => {
    const [track] = buildTracks(1, 3)
    const { beats, kinds } = predictBeats(trained.model, prepareTrack(track!.matrix, track!.grid))
    const classCount = trained.model.kinds.length
    const drop = trained.model.kinds.indexOf('drop')
    const meanDrop = (kind: string): number => {
      const label = track!.labels.find((other) => other.kind === kind)!
      const inside = [...beats.keys()].filter((beat) => beat >= label.startBeat && beat < label.endBeat)
      return inside.reduce((sum, beat) => sum + kinds[beat * classCount + drop]!, 0) / inside.length
    }
    expect(meanDrop('drop')).toBeGreaterThan(0.7)
    expect(meanDrop('break')).toBeLessThan(0.2)
  })

  test('predicts the same from its file', () => {
    const back = decodeOnnx(encodeOnnx(trained.model))
    const context = prepareTrack(tracks[0]!.matrix, tracks[0]!.grid)
    const label = tracks[0]!.labels[3]!
    const [here, there] = [predictSpan(trained.model, context, label), predictSpan(back, context, label)]
    here.forEach((probability, kind) => {
      expect(there[kind]).toBeCloseTo(probability, 6)
    })
  })

  test('reads no rows of another length, and no track that lacks a column', () => {
    const { matrix, grid, labels } = tracks[0]!
    const { trees, temperature } = trained.model.spanHead
    const spanHead = { trees: { ...trees, columnCount: trees.columnCount - 1 }, temperature }
    expect(() => predictSpan({ ...trained.model, spanHead }, prepareTrack(matrix, grid), labels[0]!)).toThrowError(
      expect.objectContaining({ code: 'INCOMPATIBLE_MODEL' }),
    )
    const columns = matrix.columns.with(5, 'of another version')
    expect(() => prepareTrack({ ...matrix, columns }, grid)).toThrowError(`"${matrix.columns[5]}"`)
  })

  test('is the same for the same seed', async () => {
    const again = await trainSections({ tracks, options: { ...OPTIONS, scoreboard: false } })
    expect(again.model).toEqual(trained.model)
    expect(again.outOfFold).toEqual(trained.outOfFold)
  })
})

describe('the scoreboard', () => {
  test('holds every label once, and no track or artist in two folds', () => {
    expect(trained.outOfFold.map(({ labelId }) => labelId)).toEqual(
      tracks.flatMap(({ labels }) => labels.map(({ id }) => id)),
    )
    const foldsOfArtist = new Set(
      trained.outOfFold
        .filter(({ audioDigest }) => tracks.find((track) => track.audioDigest === audioDigest)!.artist === 'artist 0')
        .map(({ fold }) => fold),
    )
    expect(foldsOfArtist.size).toBe(1)
  })

  test('shows the model above the baselines, position above the majority', () => {
    const board = trained.scoreboard!
    const [majority, position, rule] = board.baselines
    expect(board.model.accuracy).toBeGreaterThan(0.9)
    expect(board.model.accuracy).toBeGreaterThanOrEqual(position!.accuracy)
    expect(position!.accuracy).toBeGreaterThan(majority!.accuracy + 0.1)
    expect(rule!.accuracy).toBeGreaterThan(majority!.accuracy + 0.1)
    expect(majority!.accuracy).toBeCloseTo(2 / 6, 1)
  })

  test('counts the same labels in figures, confusion and bands', () => {
    const { scores, model } = trained.scoreboard!
    const right = trained.outOfFold.filter(
      ({ kind, probabilities }) => trained.model.kinds[probabilities.indexOf(Math.max(...probabilities))] === kind,
    )
    expect(scores.accuracy).toBeCloseTo(right.length / trained.outOfFold.length, 10)
    expect(scores.samples).toBe(14 * 6)
    expect(model.accuracyBand.low).toBeLessThanOrEqual(model.accuracy)
    expect(model.accuracyBand.high).toBeGreaterThanOrEqual(model.accuracy)
  })

  test('names what does better before anything else, and only on labels that it cannot know', async () => {
    const others = buildTracks(26).slice(14)
    const better = await trainSections({ tracks: others, options: { ...OPTIONS, scoreboard: false } })
    const rival = { version: 7, model: better.model, tainted: new Set<string>(), heldOut: new Map() }
    const rushed = { ...OPTIONS, epochs: 1 }
    const { scoreboard } = await trainSections({
      tracks,
      options: { ...rushed, rivals: [{ ...rival, learnt: new Set(others.map(({ audioDigest }) => audioDigest)) }] },
    })
    expect(scoreboard!.rivals[0]).toMatchObject({ name: 'v7', version: 7, duel: { verdict: 'worse', labels: 14 * 6 } })
    expect(scoreboard!.advice[0]).toEqual({ code: 'BETTER_MODEL', text: scoreboard!.rivals[0]!.text })
    expect(scoreboard!.rivals[0]!.text).toMatch(/^v7 does better on your labels: .* on 84 labels of 14 tracks\.$/)
    const known = await trainSections({
      tracks,
      options: { ...rushed, rivals: [{ ...rival, learnt: new Set(tracks.map(({ audioDigest }) => audioDigest)) }] },
    })
    expect(known.scoreboard!.rivals.find(({ version }) => version === 7)).toMatchObject({ duel: null })
  })

  test('scores the previous version on tracks it never saw, and says so where there are none', async () => {
    const old = await trainSections({ tracks: tracks.slice(0, 10), options: { ...OPTIONS, scoreboard: false } })
    const after = (from: number, heldOut = new Map<string, readonly number[]>()) => ({
      ...OPTIONS,
      previous: 1,
      rivals: [
        {
          version: 1,
          model: old.model,
          learnt: new Set(tracks.slice(0, from).map(({ audioDigest }) => audioDigest)),
          tainted: new Set<string>(),
          heldOut,
        },
      ],
    })
    const fair = await trainSections({ tracks, options: after(10) })
    expect(fair.scoreboard!.previous!.line.samples).toBe(4 * 6)
    expect(fair.scoreboard!.previous!.modelOnSame.samples).toBe(4 * 6)
    // What was said of a label while its track was held out is as good as an answer now.
    const said = new Map(
      tracks
        .slice(0, 5)
        .flatMap(({ audioDigest, labels }) =>
          labels.map((label) => [labelKey(audioDigest, label), old.model.kinds.map(() => 0.25)] as const),
        ),
    )
    const remembered = await trainSections({ tracks, options: after(10, said) })
    expect(remembered.scoreboard!.previous!.line.samples).toBe((4 + 5) * 6)
    const unfair = await trainSections({ tracks, options: after(14) })
    expect(unfair.scoreboard!.previous).toBeNull()
    expect(unfair.scoreboard!.previousReason).toContain('v1 was trained on nearly all')
  })
})

describe('while it runs', () => {
  test('rounds are told with real losses that fall, fractions rise to 1', () => {
    const rounds = reports.filter(({ stage, epoch }) => stage === 'sections' && epoch <= OPTIONS.epochs)
    expect(rounds.map(({ epoch }) => epoch)).toEqual(Array.from({ length: OPTIONS.epochs }, (_, epoch) => epoch + 1))
    expect(rounds.at(-1)!.trainLoss).toBeLessThan(rounds[0]!.trainLoss / 2)
    expect(rounds.at(-1)!.validationLoss!).toBeLessThan(rounds[0]!.validationLoss!)
    expect(fractions.every((fraction, index) => index === 0 || fraction >= fractions[index - 1]!)).toBe(true)
    expect(fractions.at(-1)).toBe(1)
  })

  test('counts its epochs once, from the first round of the first stage to the last one of the last', async () => {
    const counted: TrainingReport[] = []
    await trainSections(
      { tracks, options: { ...OPTIONS, learningCurve: true } },
      { onReport: (report) => counted.push(report) },
    )
    for (const heard of [reports, counted]) {
      const epochs = heard.map(({ epoch }) => epoch)
      expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
      expect(new Set(heard.map(({ totalEpochs }) => totalEpochs)).size).toBe(1)
      expect(epochs[0]).toBe(1)
      expect(epochs.at(-1)).toBeLessThanOrEqual(heard[0]!.totalEpochs)
    }
    expect(new Set(counted.map(({ stage }) => stage))).toEqual(
      new Set(['sections', 'bars', 'boundaries', 'scores', 'curve']),
    )
  })

  test('an abort ends it before the next stage', async () => {
    const controller = new AbortController()
    const stages = new Set<string>()
    const run = trainSections(
      { tracks, options: { ...OPTIONS, epochs: 5000 } },
      {
        signal: controller.signal,
        onReport: ({ stage }) => {
          stages.add(stage)
          setTimeout(() => controller.abort(new Error('stop')), 0)
        },
      },
    )
    await expect(run).rejects.toThrow('stop')
    expect([...stages]).toEqual(['sections'])
  })
})

describe('evidence', () => {
  test('parts of the columns add up to the logits', () => {
    const context = prepareTrack(tracks[0]!.matrix, tracks[0]!.grid)
    const { trees } = trained.model.spanHead
    const length = SPAN_ROW_LENGTH
    const rows = new Float32Array(2 * length)
    spanRow(context, tracks[0]!.labels[1]!, rows, 0)
    spanRow(context, tracks[0]!.labels[2]!, rows, length)
    const logits = predictLogits(trees, rows, 2)
    const sumOf = (row: number, output: number): number =>
      attributeRow(trees, rows.subarray(row * length, (row + 1) * length))
        .subarray(output * length, (output + 1) * length)
        .reduce((sum, part) => sum + part, 0)
    for (let output = 0; output < trees.classCount; output++) {
      // The expected values of the roots are the same for every row, so they cancel out in the difference.
      const difference = logits[output]! - logits[trees.classCount + output]!
      expect(sumOf(0, output) - sumOf(1, output)).toBeCloseTo(difference, 4)
    }
  })

  test('what follows speaks for an outro, what came before for an intro', () => {
    const context = prepareTrack(tracks[0]!.matrix, tracks[0]!.grid)
    const labels = tracks[0]!.labels
    const groupsFor = (index: number): string[] =>
      explainSpans(trained.model, context, {
        spans: [{ span: labels[index]!, kind: labels[index]!.kind }],
        most: 3,
      })[0]!
        .filter(({ weight }) => weight > 0)
        .map(({ group }) => group)
    expect(groupsFor(0)).toContain('what came before')
    expect(groupsFor(5)).toContain('what follows')
  })
})
