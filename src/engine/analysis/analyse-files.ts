import type { SectionModel } from '../../core/models/section-model.ts'
import type { Section } from '../../core/sections/decode-sections.ts'
import { type ErrorReport, toErrorReport } from '../../core/support/user-error.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { askForm } from '../kit/form-of.ts'
import { runConcurrently } from '../kit/run-concurrently.ts'
import { analyseFile, type FileAnalysis } from './analyse-file.ts'

/** A file outside the library: its analysis, or why there is none. */
export type FileOutcome =
  | {
      readonly file: string
      readonly analysis: FileAnalysis
      readonly sections: readonly Section[] | null
      /** Whether the model read alone, since the network of form cannot be asked here. */
      readonly withoutForm: boolean
    }
  | { readonly file: string; readonly error: ErrorReport }

export type AnalyseFilesOptions = {
  readonly model: SectionModel | null
  readonly onProgress?: (done: number, file: string) => void
  readonly signal?: AbortSignal
}

/** Analyses files without a library; a file that fails does not stop the others. Answers come in the order given. */
export const analyseFiles = async (
  pool: TaskRunner,
  files: readonly string[],
  { model, onProgress, signal }: AnalyseFilesOptions,
): Promise<readonly FileOutcome[]> => {
  const outcomes: FileOutcome[] = []
  const cancellation = signal ? { signal } : {}
  let done = 0
  const analyse = async ([index, file]: readonly [number, string]): Promise<void> => {
    try {
      const analysis = await analyseFile(pool, { path: file, grid: null }, cancellation)
      const { features, grid } = analysis
      const form = model && (await askForm(pool, { features, grid }, cancellation))
      const sections = model && (await pool.run('readSections', { model, features, grid, form }, cancellation))
      outcomes[index] = { file, analysis, sections, withoutForm: model !== null && form === null }
    } catch (error) {
      signal?.throwIfAborted()
      outcomes[index] = { file, error: toErrorReport(error) }
    }
    onProgress?.(++done, file)
  }
  await runConcurrently([...files.entries()], analyse, { concurrency: pool.size, signal })
  return outcomes
}
