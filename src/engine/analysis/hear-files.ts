import { type ErrorReport, toErrorReport } from '../../core/support/user-error.ts'
import type { HeardWindows } from '../../core/tags/heard-windows.ts'
import type { Provider } from '../../core/tags/provider.ts'
import { type Ears, openEars } from '../../platform/inference/open-ears.ts'
import { SHIPPED_EARS } from '../../platform/inference/shipped-ears.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'

export type HeardFile =
  | { readonly file: string; readonly heard: HeardWindows }
  | { readonly file: string; readonly error: ErrorReport }

export type HearOptions = {
  /** Folder of the network. @default that of this package */
  readonly folder?: string | undefined
  readonly provider?: Provider | undefined
  readonly onProgress?: (done: number, file: string) => void
  readonly signal?: AbortSignal
}

export type HeardFiles = {
  /** The network that heard them. */
  readonly ears: Pick<Ears, 'card' | 'precision' | 'provider' | 'tried'>
  readonly files: readonly HeardFile[]
}

/** Has a network hear files, one after the other, without a library. A file that fails does not stop the others. */
export const hearFiles = async (
  pool: TaskRunner,
  files: readonly string[],
  { folder = SHIPPED_EARS, provider, onProgress, signal }: HearOptions,
): Promise<HeardFiles> => {
  const ears = await openEars(folder, { forced: provider })
  const cancellation = signal ? { signal } : {}
  const heard: HeardFile[] = []
  try {
    for (const [index, file] of files.entries()) {
      try {
        const { mono } = await pool.run('decodeAudio', { path: file }, cancellation)
        heard.push({ file, heard: await ears.hear(mono, cancellation) })
      } catch (error) {
        signal?.throwIfAborted()
        heard.push({ file, error: toErrorReport(error) })
      }
      onProgress?.(index + 1, file)
    }
  } finally {
    await ears.close()
  }
  return { ears, files: heard }
}
