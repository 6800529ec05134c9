import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
export const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }

/** A folder for a release, and what builds it there; npm may fetch what is in no cache yet. */
export type Release = {
  readonly folder: string
  readonly built: Promise<void>
  readonly remove: () => void
}

export const buildRelease = (environment: Readonly<Record<string, string>> = {}): Release => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-release-'))
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'package.ts'), '--out', folder], {
    // Without what keeps tests to this machine.
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const build = async (): Promise<void> => {
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`The packages were not built: exit code ${code}`)
  }
  const built = build()
  // Who waits for it hears of a failure.
  built.catch(() => {})
  return {
    folder,
    built,
    remove: () => {
      child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
