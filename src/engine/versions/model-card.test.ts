import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { formatCard, parseCard, parseModelCard } from './model-card.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => (value === 0 ? 0 : value))
const count = fc.nat(1000)
const text = fc.string({ maxLength: 8 })
const kind = fc.constantFrom(...SECTION_KINDS)
const orNull = <Value>(of: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(of, { nil: null })
const some = <Value>(of: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> => fc.array(of, { maxLength: 3 })
const record = <Value>(members: { [Name in keyof Value]: fc.Arbitrary<Value[Name]> }): fc.Arbitrary<Value> =>
  fc.record(members, { noNullPrototype: true }) as fc.Arbitrary<Value>

const band = record({ low: share, high: share })
const line = record({
  name: text,
  samples: count,
  accuracy: share,
  macroF1: share,
  accuracyBand: band,
  macroF1Band: band,
  calibrationError: orNull(share),
})
const pair = fc.tuple(share, share)
const rival = record({
  name: text,
  version: orNull(count),
  onlyOurs: some(kind),
  onlyTheirs: some(kind),
  duel: orNull(
    record({
      kinds: some(kind),
      labels: count,
      tracks: count,
      accuracy: pair,
      macroF1: pair,
      calibrationError: pair,
      difference: share,
      band,
      verdict: fc.constantFrom('better', 'worse', 'open'),
    }),
  ),
  text,
})
const date = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((day) => day.toISOString())
const atLeastOne = <Value>(of: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
  fc.array(of, { minLength: 1, maxLength: 3 })
const times = <Value>(length: number, of: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
  fc.array(of, { minLength: length, maxLength: length })
const scoreboardOf = (kinds: readonly SectionKind[]) =>
  record({
    kinds: fc.constant([...kinds]),
    tracks: count,
    scores: record({
      samples: count,
      accuracy: share,
      macroF1: share,
      classes: times(kinds.length, record({ precision: share, recall: share, f1: share, support: count })),
      confusion: times(kinds.length, times(kinds.length, count)),
    }),
    calibrationError: share,
    model: line,
    baselines: some(line),
    knownToBase: some(text),
    rivals: some(rival),
    previous: orNull(record({ line, modelOnSame: line })),
    previousReason: orNull(text),
    trainAccuracy: share,
    advice: some(record({ code: text, text })),
  })
const learningCurveOf = (length: number) =>
  record({
    points: atLeastOne(
      record({
        share,
        tracks: count,
        labels: count,
        accuracy: share,
        macroF1: share,
        kinds: times(length, record({ labels: count, f1: share })),
      }),
    ),
    gains: some(record({ kind: orNull(kind), more: count, gain: share, band })),
    words: some(text),
  })

/** As `dj_section_vN.json` has lain on disks from the first version on, name by name and in this order. */
const storedCard = fc.uniqueArray(kind, { minLength: 2 }).chain((kinds) =>
  record({
    model_type: fc.constant('dj_section'),
    version: count,
    name: orNull(text),
    notes: orNull(text),
    scope: orNull(record({ id: count, name: text })),
    created_at: date,
    code_version: text,
    feature_spec_digest: text,
    labels: fc.constant(kinds),
    seed: count,
    epochs: count,
    training_seconds: share,
    excluded: some(kind),
    previous_version: orNull(count),
    training_job_id: orNull(text),
    labels_without_audio: count,
    imported: orNull(record({ at: date, version: count })),
    blend: orNull(record({ own: count, other: count, other_name: orNull(text), share })),
    label_counts: fc.uniqueArray(kind).map((kinds) => Object.fromEntries(kinds.map((one, index) => [one, index]))),
    accuracy: share,
    f1_score: share,
    scoreboard: scoreboardOf(kinds),
    out_of_fold: some(
      record({ label_id: count, predicted: kind, confidence: share, probabilities: times(kinds.length, share) }),
    ),
    losses: some(record({ round: count, train: share, validation: share })),
    own_kinds: some(
      record({
        kind,
        classes: some(record({ own: orNull(record({ id: count, name: text })), labels: count, f1: orNull(share) })),
        accuracy: orNull(share),
        majority: share,
        is_learnt: fc.boolean(),
        too_few: some(record({ id: count, name: text })),
      }),
    ),
    learning_curve: orNull(learningCurveOf(kinds.length)),
    lineage: record({
      base: orNull(record({ version: count, sha256: text })),
      tracks: times(2, record({ audio_digest: text, artist: orNull(text) })),
      labels: some(
        record({ id: count, track: fc.nat(1), label: kind, start_beat: count, end_beat: count, source: text }),
      ),
    }),
    golden_answers: orNull(record({ span: some(share), beat: some(share), boundary: some(share) })),
  }),
)

test('a card is written as it was read, to the byte, and read as it was written', () => {
  fc.assert(
    fc.property(storedCard, (stored) => {
      const card = parseCard(stored)
      expect(JSON.stringify(formatCard(card))).toBe(JSON.stringify(stored))
      expect(parseCard(formatCard(card))).toEqual(card)
    }),
  )
})

test('the engine has names in camelCase alone', () => {
  const names = (value: unknown): readonly string[] =>
    value === null || typeof value !== 'object'
      ? []
      : Object.entries(value).flatMap(([name, member]) => [name, ...names(member)])
  fc.assert(
    fc.property(storedCard, (stored) => {
      expect(names(parseCard(stored)).filter((name) => name.includes('_'))).toEqual([])
    }),
  )
})

/** What later versions added. */
const ADDED = [
  'name',
  'notes',
  'training_job_id',
  'labels_without_audio',
  'imported',
  'blend',
  'out_of_fold',
  'losses',
  'learning_curve',
  'golden_answers',
]

test('cards of older versions are read: what they do not say is unknown or none', () => {
  const [card] = fc.sample(storedCard, { numRuns: 1, seed: 1 })
  const old = Object.fromEntries(Object.entries(card!).filter(([name]) => !ADDED.includes(name)))
  const { knownToBase: _, rivals: __, ...board } = old.scoreboard as Record<string, unknown>
  expect(parseCard({ ...old, scoreboard: board, lineage: { tracks: [], labels: [] } })).toMatchObject({
    name: null,
    notes: null,
    scoreboard: { knownToBase: [], rivals: [] },
    trainingJobId: null,
    labelsWithoutAudio: 0,
    imported: null,
    blend: null,
    outOfFold: [],
    losses: [],
    learningCurve: null,
    goldenAnswers: null,
    lineage: { base: null },
  })
})

test('a card that is none is told by its member, and makes its version corrupt', () => {
  expect(() => parseCard({ model_type: 'genre' })).toThrow(/^model_type: /)
  expect(() => parseModelCard({ version: 3, card: {} })).toThrow(
    expect.objectContaining({ code: 'MODEL_CORRUPT', message: expect.stringMatching(/^The card of version 3: /) }),
  )
})

const [sample] = fc.sample(storedCard, { numRuns: 1, seed: 2 }) as unknown as Record<string, never>[]
const NONSENSE: readonly (readonly [string, unknown])[] = [
  ['created_at', 'yesterday'],
  ['created_at', '2026-13-41'],
  ['accuracy', Number.NaN],
  ['accuracy', 1e38],
  ['f1_score', -0.5],
  ['seed', Number.POSITIVE_INFINITY],
  ['epochs', 1.5],
  ['labels', []],
  ['labels', ['intro', 'intro']],
  ['label_counts', { intro: -1 }],
  ['label_counts', { toString: 1 }],
  ['code_version', 'x'.repeat(1e6)],
  ['scoreboard.scores.confusion', []],
  ['scoreboard.scores.confusion', [[]]],
  ['scoreboard.scores.classes', []],
  ['scoreboard.kinds', []],
  ['lineage.labels', [{ id: 1, track: 7, label: 'drop', start_beat: 0, end_beat: 8, source: 'manual' }]],
  ['losses', [{ round: 1, train: null, validation: 1 }]],
  ['losses', Array.from({ length: 30_000 }, (_, round) => ({ round, train: 1, validation: 1 }))],
  ['learning_curve', { points: [], gains: [], words: [] }],
]

test.each(NONSENSE)('%s = %.40j is refused by its name', (place, value) => {
  const card = structuredClone(sample) as Record<string, unknown>
  const names = place.split('.')
  const last = names.pop()!
  const parent = names.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, card)
  parent[last] = value
  expect(() => parseCard(card)).toThrow(new RegExp(`^${place.replaceAll('.', String.raw`\.`)}`))
})
