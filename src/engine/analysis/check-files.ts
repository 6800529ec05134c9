import { checkDuplicate } from '../../core/quality/duplicate-audio.ts'
import type { QualityFlag } from '../../core/quality/quality-flag.ts'
import { type ErrorReport, toErrorReport } from '../../core/support/user-error.ts'
import type { EarsInput } from '../../platform/workers/opened-ears.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { runConcurrently } from '../kit/run-concurrently.ts'
import { type CheckedFile, checkFile } from './check-file.ts'

export type FileQuality =
  | { readonly file: string; readonly flags: readonly QualityFlag[]; readonly unheard: string | null }
  | { readonly file: string; readonly error: ErrorReport }

export type CheckFilesOptions = {
  readonly onProgress?: (done: number, file: string) => void
  readonly signal?: AbortSignal
  /** The network that tells speech and noise from music; without it, neither is looked for. */
  readonly ears?: EarsInput | undefined
}

/** Checks files without a library, and looks for the same recording among them. Answers come in the order given. */
export const checkFiles = async (
  pool: TaskRunner,
  files: readonly string[],
  { onProgress, signal, ears }: CheckFilesOptions,
): Promise<readonly FileQuality[]> => {
  const checked: (CheckedFile | ErrorReport)[] = []
  let done = 0
  const check = async ([index, file]: readonly [number, string]): Promise<void> => {
    try {
      checked[index] = await checkFile(pool, file, { ears, ...(signal ? { signal } : {}) })
    } catch (error) {
      signal?.throwIfAborted()
      checked[index] = toErrorReport(error)
    }
    onProgress?.(++done, file)
  }
  await runConcurrently([...files.entries()], check, { concurrency: pool.size, signal })
  const recordings = checked.flatMap((one) => ('flags' in one && one.recording ? [one.recording] : []))
  return checked.map((one, index) => {
    const file = files[index]!
    if (!('flags' in one)) return { file, error: one }
    const { flags, unheard, recording } = one
    const duplicate =
      recording &&
      checkDuplicate(
        recording,
        recordings.filter((other) => other !== recording),
      )
    return { file, flags: duplicate ? [...flags, duplicate] : flags, unheard }
  })
}
