import { z } from 'zod'
import { FINDING_CODES } from '../../core/labels/finding-codes.ts'
import { id, idParams, madeStep, metre, place, sectionKind, timeSpan, timestamp, wholeNumber } from './fields.ts'
import { started } from './jobs.ts'
import { operationsOf } from './operation.ts'
import { suggestion } from './suggestions.ts'

const heardSpan = z.object({
  track_id: z.number(),
  track_title: z.string(),
  /** Null for what is about the grid. */
  kind: sectionKind.nullable(),
  ...place,
  ...metre,
})

/** Something that may be wrong with a label, or with the grid under it. */
const finding = heardSpan.extend({
  id: z.string(),
  code: z.enum(FINDING_CODES),
  label_id: z.number().nullable(),
  message: z.string(),
  /** What to listen to. */
  listen: timeSpan,
  /** What mending it would do, in words; null where it takes more than one press. */
  mend_text: z.string().nullable(),
  /** Other labels to be heard beside it: those of its kind first. */
  beside: z.array(heardSpan),
})

export const labelFindings = z.object({
  findings: z.array(finding),
  /** The last look of the models at all labels; null before the first. */
  checkup: z
    .object({ made_at: timestamp, labels: z.number(), tracks: z.number(), is_outdated: z.boolean() })
    .nullable(),
  dismissed: z.number(),
})

const findingParams = z.object({ finding: z.string().max(80) })

export const labelStep = z.object({
  id: z.number(),
  says: z.string(),
  made_at: timestamp,
  undone_at: timestamp.nullable(),
})

/** Which suggestions of the model may be accepted unread. */
const sureWish = {
  /** Parameters of `GET /api/tracks`, such as `genre=techno&playlist=3`; all tracks where left out. */
  filter: z.string().max(2000).optional(),
  kinds: z.array(sectionKind).min(1).optional(),
  /** Share of those accepted that is to be right, as far as can be told. */
  least: z.number().min(0.5).max(1),
}
const sureSuggestion = suggestion.extend({
  /** Share of such suggestions that is right, by the person's own labels. */
  precision: z.number(),
})

export const surePreview = z.object({
  suggestions: z.number(),
  tracks: z.number(),
  expected_right: z.number(),
  /** The first fifty tracks: their labels, and what would be accepted. */
  strips: z.array(
    z.object({
      track_id: z.number(),
      title: z.string(),
      suggestions: z.number(),
      strip: z.array(z.object({ label: sectionKind, start: z.number(), end: z.number(), is_label: z.boolean() })),
    }),
  ),
  /** Ten of them at random, to be listened to first. */
  spot_check: z.array(sureSuggestion),
})

const band = z.object({ low: z.number(), high: z.number() })
const { kind: _kind, ...blindSpan } = heardSpan.shape

export const nextLabels = z.object({
  /** Suggestions that one press settles together, those that teach most first. */
  groups: z.array(z.array(suggestion)),
  /** Where nothing is suggested: the tracks that stand for most of the music without labels. */
  tracks: z.array(z.object({ track_id: z.number(), title: z.string(), artist: z.string().nullable() })),
  /** What more labels are worth, as the newest training measured it. */
  gains: z.array(z.string()),
})

export const selfAgreement = z.object({
  asked: z.number(),
  agreed: z.number(),
  /** Null before the first answer. */
  share: z.number().nullable(),
  band: band.nullable(),
  /** How many are still to be asked, so that one label in twenty is. */
  due: z.number(),
  question: z.object({ ...blindSpan, label_id: z.number() }).nullable(),
})

export const feltProgress = z.object({
  version: z.number().nullable(),
  before: z.number().nullable(),
  labels_since: z.number(),
  duel: z
    .object({
      labels: z.number(),
      tracks: z.number(),
      /** Of the newest version, and of the one before. */
      accuracy: z.tuple([z.number(), z.number()]),
      difference: z.number(),
      band,
      verdict: z.enum(['better', 'worse', 'open']),
    })
    .nullable(),
  weak: z.array(z.object({ kind: sectionKind, f1: z.number(), labels: z.number() })),
  words: z.array(z.string()),
})

const { get, post } = operationsOf('teaching')

export const teachingOperations = {
  checkLabels: post('/api/training/labels/check', {
    summary: 'Starts a job in which models that had not seen them look at all labels.',
    response: { 202: started },
  }),
  labelFindings: get('/api/training/labels/findings', {
    summary: 'Lists what may be wrong with labels and the grids under them, the most telling first.',
    response: { 200: labelFindings },
    staleAfter: ['labels', 'grid', 'analysis', 'models'],
  }),
  mendFinding: post('/api/training/labels/findings/:finding/mend', {
    summary: 'Does what a finding proposes.',
    params: findingParams,
    response: { 200: madeStep },
  }),
  dismissFinding: post('/api/training/labels/findings/:finding/dismiss', {
    summary: 'Dismisses a finding for good.',
    params: findingParams,
    response: { 200: madeStep },
  }),
  labelSteps: get('/api/training/steps', {
    summary: 'Lists what was mended, dismissed or accepted at one press lately, the newest first.',
    response: { 200: z.array(labelStep) },
    staleAfter: ['labels'],
  }),
  undoLabelStep: post('/api/training/steps/:id/undo', {
    summary: 'Takes one such step back.',
    params: z.object({ id }),
    response: {
      200: z.object({
        says: z.string(),
        /** Labels that went with it. */
        labels: z.number(),
      }),
    },
  }),
  previewSure: post('/api/suggestions/sure', {
    summary: 'Shows which suggestions of the model are sure enough to be accepted unread.',
    body: z.strictObject(sureWish),
    response: { 200: surePreview },
  }),
  acceptSure: post('/api/suggestions/sure/accept', {
    summary: 'Makes labels of them, as one step, and remembers that nobody has looked at each.',
    body: z.strictObject({
      ...sureWish,
      except: z
        .array(z.strictObject({ track_id: id, id: z.string().max(80) }))
        .max(1000)
        .default([]),
    }),
    response: {
      201: z.object({
        /** Takes all of it back; null where nothing was accepted. */
        step_id: z.number().nullable(),
        says: z.string(),
        labels: z.number(),
        tracks: z.number(),
      }),
    },
  }),
  bulkLabels: get('/api/tracks/:id/bulk-labels', {
    summary: 'Lists the labels of a track that were accepted many at a time and that nobody has looked at.',
    params: idParams,
    response: { 200: z.object({ label_ids: z.array(z.number()) }) },
    staleAfter: ['labels'],
  }),
  lookAtLabels: post('/api/tracks/:id/bulk-labels/looked-at', {
    summary: 'Says that the person has looked at them and that they are right.',
    params: idParams,
    response: { 200: z.object({ labels: z.number() }) },
  }),
  nextLabels: get('/api/training/next', {
    summary: 'Says what to label next: what teaches most for the fewest presses.',
    query: z.strictObject({ limit: wholeNumber(z.number().int().min(1).max(30)).default(8) }),
    response: { 200: nextLabels },
    staleAfter: ['suggestions', 'sections', 'labels', 'models', 'imports', 'analysis', 'scan', 'roots'],
  }),
  selfAgreement: get('/api/training/self-agreement', {
    summary: 'Says how often the person calls a section the same again, and what to ask next.',
    response: { 200: selfAgreement },
    staleAfter: ['labels'],
  }),
  answerAgain: post('/api/training/self-agreement', {
    summary: 'Keeps what the person calls a section of theirs without having seen its kind.',
    body: z.strictObject({ label_id: id, said: sectionKind }),
    response: {
      201: z.object({
        labelled: sectionKind,
        said: sectionKind,
        /** Of the label, so that a change of it can be taken back whole. */
        own_kind_id: z.number().nullable(),
        step_id: z.number(),
      }),
    },
  }),
  labelProgress: get('/api/training/progress', {
    summary: 'Says what got better with the last training, on the same labels, and what is still weak.',
    response: { 200: feltProgress },
    staleAfter: ['labels', 'models', 'analysis'],
  }),
}
