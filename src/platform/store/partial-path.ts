import { basename, dirname, join } from 'node:path'
import { LONGEST_NAME_BYTES } from '../../core/interop/libraries/free-names.ts'
import { digestOf } from './digest.ts'

/** Where a file is written before it takes its name; a name that leaves no room for more is told by its digest. */
export const partialPath = (path: string): string => {
  const name = `.${basename(path)}.partial`
  return join(
    dirname(path),
    Buffer.byteLength(name) <= LONGEST_NAME_BYTES ? name : `.${digestOf(Buffer.from(name)).slice(0, 32)}.partial`,
  )
}
