import { z } from 'zod'
import { KEY_NOTATIONS } from '../../core/library/key-notation.ts'
import { PROVIDERS } from '../../core/tags/provider.ts'
import { operationsOf } from './operation.ts'

/** What the machine learning does by itself. */
const mlSettings = z.object({
  auto_classify: z.boolean(),
  /** Let the shipped model propose sections while no version is active. */
  base_model: z.boolean(),
  suggestion_min_confidence: z.number(),
  min_similarity_threshold: z.number(),
  training_timeout_seconds: z.number(),
  min_samples_per_class: z.number(),
})

export const settings = mlSettings.extend({
  max_duration_seconds: z.number(),
  workers: z.number(),
  watch_folders: z.boolean(),
  watch_interval_seconds: z.number(),
  inference_provider: z.enum(['auto', ...PROVIDERS]),
  ears_folder: z.string(),
  /** Open a window when Algiers is started at login. */
  open_at_start: z.boolean(),
  key_notation: z.enum(KEY_NOTATIONS),
  /** Where the range begins in which tempi are shown; 0: as they are. */
  bpm_range_from: z.number(),
})

/** Told in a millisecond. */
export const health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  /** `gone`: the file of the library is no longer where it was, so that nothing more is saved. */
  library: z.object({ state: z.enum(['sound', 'gone']), warning: z.string().nullable() }),
  data_dir: z.string(),
  /** A library is one person's; a catalogue is shared, and refuses what it cannot do. */
  kind: z.enum(['library', 'catalogue']),
  /** All but those that are missing. */
  tracks: z.number(),
  /** Of these, tracks that no analysis has tried yet. */
  not_analysed: z.number(),
  /** Of these, tracks whose files are broken, or that no decoder here knows. */
  unreadable: z.number(),
  /** Of these, tracks that could not be analysed for another reason. */
  failed: z.number(),
  /** Tracks that no folder holds a file of any more, kept because somebody has worked on them. */
  missing: z.number(),
  ignored_files: z.number(),
  roots: z.object({ online: z.number(), offline: z.number() }),
  jobs: z.object({ waiting: z.number(), running: z.number() }),
  active_version: z.number().nullable(),
  threads: z.number(),
  /** Null where the data directory is gone. */
  free_bytes: z.number().nullable(),
  /** The network that hears tags: `untried` until it was opened for the first time. */
  hearing: z.object({
    state: z.enum(['untried', 'ready', 'failed']),
    network: z.string().nullable(),
    tags: z.number().nullable(),
    shown_tags: z.number().nullable(),
    provider: z.string().nullable(),
    warning: z.string().nullable(),
  }),
})

/** Everything is looked at, which takes its time. */
const examination = z.object({
  healthy: z.boolean(),
  checks: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string(), hint: z.string().nullable() })),
})

const { get, put, patch } = operationsOf('system')

export const systemOperations = {
  ready: get('/api/ready', {
    summary: 'Says that the server answers.',
    response: { 200: z.object({ ready: z.literal(true) }) },
  }),
  health: get('/api/health', {
    summary: 'Says how the library and this machine are, within a millisecond.',
    response: { 200: health },
    staleAfter: ['scan', 'analysis', 'models', 'roots'],
  }),
  doctor: get('/api/doctor', { summary: 'Checks everything, which takes a while.', response: { 200: examination } }),
  settings: get('/api/settings', { summary: 'Gives all settings.', response: { 200: settings } }),
  changeSettings: patch('/api/settings', {
    summary: 'Changes the settings that are named.',
    body: z.strictObject(settings.partial().shape),
    response: { 200: settings },
  }),
  mlSettings: get('/api/ml/settings', {
    summary: 'Gives the machine-learning settings.',
    response: { 200: mlSettings },
  }),
  changeMlSettings: put('/api/ml/settings', {
    summary: 'Changes the machine-learning settings that are named.',
    body: z.strictObject(mlSettings.partial().shape),
    response: { 200: mlSettings },
  }),
}
