import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn } from './files-in.ts'
import { filesOfPlatform, lockFor } from './locked-packages.ts'
import { npm } from './npm.ts'
import type { Platform } from './platforms.ts'

const MADE_FROM = ['package.json', '.npmrc'] as const
const LOCK = 'package-lock.json'
const DONE = 'complete'

export type InstalledModules = {
  readonly folder: string
  /** The files of the packages that npm would install on a platform, from the folder on. */
  readonly filesFor: (platform: Platform) => readonly string[]
}

/**
 * What npm installs on these platforms for use alone, whatever this machine is, in one folder, since most packages are the same for all of them:
 * npm checks each against the lock file. It is kept for the next time, by what it was made from.
 */
export const installModules = (root: string, platforms: readonly Platform[]): InstalledModules => {
  const lock = readFileSync(join(root, LOCK), 'utf8')
  const names = platforms.map(({ name }) => name).join('+')
  const digest = createHash('sha256').update(names).update(lock)
  for (const file of MADE_FROM) digest.update(readFileSync(join(root, file)))
  const place = join(root, '.cache', 'packages', digest.digest('hex').slice(0, 16))
  if (!existsSync(join(place, DONE))) {
    rmSync(place, { recursive: true, force: true })
    mkdirSync(place, { recursive: true })
    for (const file of MADE_FROM) copyFileSync(join(root, file), join(place, file))
    writeFileSync(join(place, LOCK), lockFor(lock, platforms))
    npm(place, 'ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline')
    writeFileSync(join(place, DONE), '')
  }
  const folder = join(place, 'node_modules')
  const files = filesIn(folder)
  return { folder, filesFor: (platform) => filesOfPlatform(lock, platform, files) }
}
