/** Builds the page where it is missing or older than what it is made of; a package that comes with its page has nothing to build. */
import { join } from 'node:path'
import { isBuilt } from './is-built.ts'

if (!isBuilt('dist/web/index.html', ['src', 'package-lock.json', 'vite.config.ts'])) {
  // Vite takes over what the shell, or a test that packs, has set: with anything else React comes as it is for developers, half as large again.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  await build({ configFile: join(import.meta.dirname, '..', 'vite.config.ts'), logLevel: 'warn' })
}
