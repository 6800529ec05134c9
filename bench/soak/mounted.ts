import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

/** Loop devices and file systems in memory are made by the administrator only, and in few containers. */
export const canMount = (): boolean => {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Mounts while `use` runs. */
export const whileMounted = async <Result>(
  args: readonly string[],
  folder: string,
  use: () => Promise<Result>,
): Promise<Result> => {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', [...args, folder])
  try {
    return await use()
  } finally {
    // Lazily: after an error the data may still be open, and the error is what matters.
    execFileSync('umount', ['--lazy', folder])
  }
}

/** Changes options of what is mounted, e.g. `ro`, `size=8m`. */
export const remount = (folder: string, options: string): void =>
  void execFileSync('mount', ['-o', `remount,${options}`, folder])
