import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { MIN_SAMPLES_PER_CLASS } from '../../core/labels/readiness.ts'
import { KEY_NOTATIONS } from '../../core/library/key-notation.ts'
import { type CamelCased, camelCase } from '../../core/support/camel-case.ts'
import { PROVIDERS } from '../../core/tags/provider.ts'
import { changing } from './changing.ts'

const between = (low: number, high: number, unit = ''): z.ZodCoercedNumber => {
  const words = `must lie between ${low} and ${high}${unit}`
  return z.coerce.number(words).min(low, words).max(high, words)
}

/** All settings by their names at rest, on the wire and in a terminal, with limits and defaults. */
const settingsSchema = z.object({
  /** A kind with fewer labels holds up a training unless it is left out; the guide asks for 10. Fewer than 2 cannot be held out. */
  min_samples_per_class: between(2, 1000).int('must be a whole number').default(MIN_SAMPLES_PER_CLASS),
  /** Wall time after which a training is stopped. */
  training_timeout_seconds: between(1, 86_400, ' seconds').default(600),
  /** Longer files are refused, since tracks are shorter than a recorded night. */
  max_duration_seconds: between(60, 86_400, ' seconds').default(7200),
  /** Threads for analysis; 0 = one per core. */
  workers: between(0, 64).int('must be a whole number').default(0),
  /** Read the library without being asked: all of it after an activation, new tracks with the active version. */
  auto_classify: z.union([z.boolean(), z.stringbool()]).default(true),
  /** Let the shipped model propose sections while no version is active. */
  base_model: z.union([z.boolean(), z.stringbool()]).default(true),
  /** Where the network that hears runs; `auto`: the fastest provider that is proven right. */
  inference_provider: z.enum(['auto', ...PROVIDERS]).default('auto'),
  /** Folder of another network that hears, with its card `ears.json`; empty for the shipped one. */
  ears_folder: z.string().max(4096).default(''),
  /** Notice by itself what is new, moved or deleted in the folders. */
  watch_folders: z.union([z.boolean(), z.stringbool()]).default(true),
  /** Folders whose changes the system does not tell, as on network drives, are looked at so often. */
  watch_interval_seconds: between(5, 86_400, ' seconds').default(600),
  /** Sections with a lower confidence are not suggested. */
  suggestion_min_confidence: between(0, 1, ' (100 %)').default(0),
  /** Tracks and sections must be nearer than this share of the library to be shown as similar. */
  min_similarity_threshold: between(0, 1, ' (100 %)').default(0),
  /** Open a window when Algiers is started at login; otherwise it works in the background until it is opened. */
  open_at_start: z.union([z.boolean(), z.stringbool()]).default(true),
  /** How keys are written. */
  key_notation: z.enum(KEY_NOTATIONS).default('camelot'),
  /**
   * Lower end of the range of one octave in which tempi are shown, in BPM; 0: as they are. No grid changes with it; of new ones, those in doubt
   * between two octaves are taken in the range.
   */
  bpm_range_from: z
    .union(
      [z.literal(0), z.literal('0').transform(() => 0), between(30, 150, ' BPM')],
      'must be 0, or lie between 30 and 150 BPM',
    )
    .default(0),
})

export type Settings = CamelCased<z.infer<typeof settingsSchema>>

/** As they are where nobody has changed any. */
export const DEFAULT_SETTINGS: Settings = camelCase(settingsSchema.parse({}))

const isSettingKey = (key: string): key is keyof typeof settingsSchema.shape => Object.hasOwn(settingsSchema.shape, key)

/** What another version of Algiers allowed, and this one does not, must not keep a library from being opened: the default holds. */
const isAllowed = (key: string, text: string): boolean => {
  if (!isSettingKey(key)) return false
  try {
    return settingsSchema.shape[key].safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

export class SettingsStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  all(): Settings {
    const rows = this.#database.prepare('SELECT key, value FROM settings').all() as { key: string; value: string }[]
    const allowed = rows.flatMap(({ key, value }) => (isAllowed(key, value) ? [[key, JSON.parse(value)]] : []))
    return camelCase(settingsSchema.parse(Object.fromEntries(allowed)))
  }

  /** @param key as at rest @returns all settings; null for an unknown key; a sentence about the value if it is not allowed */
  set(key: string, value: unknown): Settings | null | string {
    if (!isSettingKey(key)) return null
    const parsed = settingsSchema.shape[key].safeParse(value)
    if (!parsed.success) return parsed.error.issues[0]!.message
    const insert = this.#database.prepare(
      'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    )
    changing(() => insert.run(key, JSON.stringify(parsed.data)))
    return this.all()
  }
}
