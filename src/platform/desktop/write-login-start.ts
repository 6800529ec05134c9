import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { promisify } from 'node:util'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { diskEffects } from '../store/disk-effects.ts'
import { makeFolders } from '../store/make-folders.ts'
import { readRegularFile } from '../store/regular-file.ts'
import type { LoginStart } from './login-start.ts'

const run = promisify(execFile)

/** Of a file that says in a dozen lines what is started. */
const MOST_BYTES = 65_536

/** What cannot be read says nothing. */
const textOf = (file: string): string => {
  try {
    return readRegularFile(file, MOST_BYTES).toString()
  } catch {
    return ''
  }
}

/** What starts Algiers at login now, as it is written; null for nothing. */
export const readLoginStart = async (start: LoginStart): Promise<string | null> => {
  if ('file' in start) return existsSync(start.file) ? textOf(start.file) : null
  const { key, value } = start.registry
  try {
    return (await run('reg', ['query', key, '/v', value], { windowsHide: true })).stdout
  } catch {
    // The tool fails where there is no such value.
    return null
  }
}

const refused = ({ file }: { readonly file: string }, error: unknown): unknown => {
  const told = storageError(error)
  const { code } = error as NodeJS.ErrnoException
  if (told instanceof UserError || code === undefined) return told
  return new UserError('SETTING_INVALID', `start at login: ${file} cannot be written (${code})`, {}, error)
}

/** @throws SETTING_INVALID, STORAGE_FULL, STORAGE_READ_ONLY */
export const writeLoginStart = async (start: LoginStart, isOn: boolean): Promise<void> => {
  if ('registry' in start) {
    const { key, value } = start.registry
    if (isOn) await run('reg', ['add', key, '/v', value, '/t', 'REG_SZ', '/d', start.text, '/f'], { windowsHide: true })
    else if ((await readLoginStart(start)) !== null)
      await run('reg', ['delete', key, '/v', value, '/f'], { windowsHide: true })
    return
  }
  try {
    if (!isOn) return diskEffects.remove(start.file)
    makeFolders(posix.dirname(start.file))
    diskEffects.writeDurably(start.file, Buffer.from(start.text))
  } catch (error) {
    throw refused(start, error)
  }
}
