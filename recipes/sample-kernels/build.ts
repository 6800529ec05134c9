/** Compiles kernels.ts and writes `src/audio/sample-kernels.wasm.ts`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileKernels } from './compile.ts'

const TARGET = join(import.meta.dirname, '../../src/audio/sample-kernels.wasm.ts')

const wasm = await compileKernels()
writeFileSync(
  TARGET,
  `/** WebAssembly of recipes/sample-kernels/kernels.ts, base64; made by the build.ts beside it. */\nexport const SAMPLE_KERNELS_BASE64 =\n  '${Buffer.from(wasm).toString('base64')}'\n`,
)
console.log(`${TARGET}: ${wasm.length} bytes`)
