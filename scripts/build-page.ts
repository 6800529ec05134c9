/** Builds the page where it is missing or older than what it is made of; a package that comes with its page has nothing to build. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const BUILT = join(ROOT, 'dist', 'web', 'index.html')
const MADE_OF = ['src', 'package-lock.json', 'vite.config.ts'] as const

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

const newest = (path: string): number =>
  statSync(path).isDirectory()
    ? Math.max(
        0,
        ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => changedAt(join(path, name))),
      )
    : changedAt(path)

if (changedAt(BUILT) < Math.max(...MADE_OF.map((name) => newest(join(ROOT, name))))) {
  // Vite takes over what the shell, or a test that packs, has set: with anything else React comes as it is for developers, half as large again.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' })
}
