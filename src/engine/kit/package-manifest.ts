import { createRequire } from 'node:module'

type PackageManifest = { readonly version: string; readonly description: string }

/** Lies beside `src/` and beside the compiled `lib/` alike; an import would make the compiler copy it. */
export const packageManifest = createRequire(import.meta.url)('../../../package.json') as PackageManifest
