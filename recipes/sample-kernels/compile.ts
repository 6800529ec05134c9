import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

const SOURCE = join(import.meta.dirname, 'kernels.ts')
const OPTIONS = ['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd']

/** @returns the WebAssembly module of kernels.ts. @throws when it does not compile */
export const compileKernels = async (): Promise<Uint8Array> => {
  let wasm: Uint8Array | null = null
  const { error, stderr } = await asc.main(['kernels.ts', ...OPTIONS, '--outFile', 'kernels.wasm'], {
    readFile: (name) => (name === 'kernels.ts' ? readFileSync(SOURCE, 'utf8') : null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') wasm = contents
    },
    listFiles: () => [],
  })
  if (error !== null || wasm === null) throw new Error(`kernels.ts does not compile: ${stderr.toString()}`)
  return wasm
}
