import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from './npm.ts'
import type { Platform } from './platforms.ts'

const MADE_FROM = ['package.json', 'package-lock.json', '.npmrc'] as const
const DONE = 'complete'

/**
 * What npm installs on a platform for use alone, whatever this machine is: npm checks each package against the lock file. It is kept for
 * the next time, by what it was made from.
 * @returns the folder of packages
 */
export const installModules = (root: string, { name, os, cpu }: Platform): string => {
  const digest = createHash('sha256')
  for (const file of MADE_FROM) digest.update(readFileSync(join(root, file)))
  const folder = join(root, '.cache', 'packages', `${name}-${digest.digest('hex').slice(0, 16)}`)
  if (!existsSync(join(folder, DONE))) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const file of MADE_FROM) copyFileSync(join(root, file), join(folder, file))
    const target = [`--os=${os}`, `--cpu=${cpu}`, ...(os === 'linux' ? ['--libc=glibc'] : [])]
    npm(folder, 'ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...target)
    writeFileSync(join(folder, DONE), '')
  }
  return join(folder, 'node_modules')
}
