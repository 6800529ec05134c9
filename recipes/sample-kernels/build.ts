/** Compiles the kernels into `src/core/`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileKernels, KERNELS } from './compile.ts'

for (const { source, target, constant } of KERNELS) {
  const wasm = await compileKernels(source)
  writeFileSync(
    join(import.meta.dirname, '../../src/core', target),
    `/** WebAssembly of recipes/sample-kernels/${source}, base64; made by the build.ts beside it. */\nexport const ${constant} =\n  '${Buffer.from(wasm).toString('base64')}'\n`,
  )
  console.log(`${target}: ${wasm.length} bytes`)
}
