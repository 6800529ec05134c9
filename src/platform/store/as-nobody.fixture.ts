import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, chownSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'

const NOBODY = 65_534
const isSuperuser = process.geteuid?.() === 0

const isOpenToAll = (folder: string): boolean =>
  (statSync(folder).mode & constants.S_IXOTH) !== 0 && (folder === dirname(folder) || isOpenToAll(dirname(folder)))

/** Permissions bind nobody who is the superuser, so a process of somebody else is asked; that one has to reach this code. */
export const canAskNobody = process.platform !== 'win32' && (!isSuperuser || isOpenToAll(import.meta.dirname))

/** Makes a folder or a file that somebody's who `askNobody` is. */
export const giveToNobody = (place: string): void => {
  if (isSuperuser) chownSync(place, NOBODY, NOBODY)
  else accessSync(place)
}

/** What a function of a module answers where permissions bind. @param call e.g. `it.crawl('/music')` */
export const askNobody = (module: string, call: string): unknown => {
  const script = `import * as it from ${JSON.stringify(pathToFileURL(module).href)}; console.log(JSON.stringify(await ${call}))`
  const user = isSuperuser ? { uid: NOBODY, gid: NOBODY } : {}
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    ...user,
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

/** Closes a place to its owner while `use` runs. */
export const whileClosed = <Result>(place: string, use: () => Result): Result => {
  const { mode } = statSync(place)
  chmodSync(place, 0)
  try {
    return use()
  } finally {
    chmodSync(place, mode)
  }
}
