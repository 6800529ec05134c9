import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

const OPTIONS = ['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd']

/** Each source here and what it becomes: the file in `src/`, and the name of its constant. */
export const KERNELS = [
  { source: 'kernels.ts', target: 'audio/sample-kernels.wasm.ts', constant: 'SAMPLE_KERNELS_BASE64' },
  { source: 'spectrum.ts', target: 'audio/spectrum-kernels.wasm.ts', constant: 'SPECTRUM_KERNELS_BASE64' },
  { source: 'series.ts', target: 'audio/series-kernels.wasm.ts', constant: 'SERIES_KERNELS_BASE64' },
  { source: 'vectors.ts', target: 'similarity/vector-kernels.wasm.ts', constant: 'VECTOR_KERNELS_BASE64' },
  { source: 'trees.ts', target: 'models/tree-kernels.wasm.ts', constant: 'TREE_KERNELS_BASE64' },
] as const

/** @returns the WebAssembly module of a source. @throws when it does not compile */
export const compileKernels = async (source: (typeof KERNELS)[number]['source']): Promise<Uint8Array> => {
  let wasm: Uint8Array | null = null
  const { error, stderr } = await asc.main([source, ...OPTIONS, '--outFile', 'kernels.wasm'], {
    readFile: (name) => (name === source ? readFileSync(join(import.meta.dirname, source), 'utf8') : null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') wasm = contents
    },
    listFiles: () => [],
  })
  if (error !== null || wasm === null) throw new Error(`${source} does not compile: ${stderr.toString()}`)
  return wasm
}
