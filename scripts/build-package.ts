/** What `npm pack` takes besides this repository's texts: the page, and the engine as JavaScript where that is older than its source. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import './build-page.ts'
import { isBuilt } from './is-built.ts'

const ROOT = join(import.meta.dirname, '..')
const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')

if (!isBuilt('lib/cli/main.js', ['src', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'])) {
  rmSync(join(ROOT, 'lib'), { recursive: true, force: true })
  execFileSync(process.execPath, [compiler, '-p', join(ROOT, 'tsconfig.build.json')], { stdio: 'inherit' })
}
