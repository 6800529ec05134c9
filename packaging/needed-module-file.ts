import type { Platform } from './platforms.ts'

/**
 * Packages of which nothing is loaded: types, headers for compiling, what only the installer of the native runtime uses, and a network that
 * mends speech, which the decoder of Opus loads only when asked.
 */
const UNUSED = /^(?:@types|undici-types|type-fest|node-addon-api|adm-zip|global-agent|@wasm-audio-decoders\/opus-ml)\//
/** Tests, and the same code again for browsers and for those who bundle it; its paths are also the longest of all. */
const ELSEWHERE = /\/(?:tests?|benchmarks?|umd|iife|browser|dist-es|\.github)\/|decoder.*\/dist\/.*\.min\.js$/
/** What only a developer reads, besides licences. */
const FOR_DEVELOPERS = /(?:\.map|\.[cm]?ts|\.md|\.markdown|\.flow|\.tsbuildinfo|\/\.[^/]+)$/i
const LICENCE_FILE = /(?:^|\/)(?:licen[cs]e|copying|notice|third.?party)[^/]*$/i
/** All of the WebAssembly runtime that `import 'onnxruntime-web'` loads under Node. */
const WEB_RUNTIME =
  /^onnxruntime-web\/(?:package\.json|dist\/ort\.node\.min\.mjs|dist\/ort-wasm-simd-threaded\.(?:mjs|wasm))$/
const NATIVE_RUNTIME = /^onnxruntime-node\/(?:bin|script|lib)\//
/** The same library twice: the binding asks for the other name. */
const SECOND_COPY = /^onnxruntime-node\/bin\/.*\/libonnxruntime\.1\.\d+\.\d+\.dylib$/

/**
 * Parts of Windows under terms of Microsoft's own, which their package does not bring. The runtime asks for the first when it is to run on
 * DirectML, and then finds the one that Windows has; the others only serve WebGPU, which is not used.
 */
const PARTS_OF_WINDOWS = /\/(?:DirectML|dxcompiler|dxil)\.dll$/

export const isLicenceFile = (path: string): boolean => LICENCE_FILE.test(path)

/** True for a file of the installed packages that the program uses on a platform. Node itself lies elsewhere. */
export const isNeededModuleFile = (path: string, { os, cpu, nodePackage }: Platform): boolean => {
  if (path.startsWith(`${nodePackage}/`) || path.startsWith('.') || UNUSED.test(path) || ELSEWHERE.test(path)) {
    return false
  }
  if (path.startsWith('onnxruntime-web/')) return WEB_RUNTIME.test(path)
  if (NATIVE_RUNTIME.test(path)) {
    const isOfPlatform = path.startsWith(`onnxruntime-node/bin/napi-v6/${os}/${cpu}/`)
    return isOfPlatform && !SECOND_COPY.test(path) && !PARTS_OF_WINDOWS.test(path)
  }
  return isLicenceFile(path) || !FOR_DEVELOPERS.test(path)
}
