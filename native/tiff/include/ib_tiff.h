/* ib_tiff: libtiff behind functions that P/Invoke can call.
 *
 * libtiff's TIFFGetField and TIFFSetField are variadic; here every function is typed.
 *
 * Ownership and lifetime
 *   ib_tiff_create returns a handle that the caller owns and frees with ib_tiff_destroy. A handle opens at most one file.
 *   What a function returns through a pointer to const belongs to the handle and is valid until the next call on it.
 *   What a function is given (strings, pixels, arrays) is only used during the call, except an ib_tiff_io, which is
 *   copied: its functions and its context must outlive the handle.
 *
 * Threads
 *   A handle is used by one thread at a time; different handles are independent, there is no shared state.
 *
 * Errors
 *   Functions that return a status give 1 for success and 0 for failure; those that return a number of bytes give -1
 *   for failure. libtiff's errors and warnings are kept in the handle and fetched with ib_tiff_take_message.
 *   No C++ exception leaves a function. Pixels are in the machine's byte order. */
#ifndef IB_TIFF_H
#define IB_TIFF_H

#include <stdint.h>

#if defined(IB_TIFF_BUILD)
#define IB_TIFF_API __attribute__((visibility("default")))
#else
#define IB_TIFF_API
#endif

#ifdef __cplusplus
#define IB_TIFF_NOEXCEPT noexcept
extern "C" {
#else
#define IB_TIFF_NOEXCEPT
#endif

/* Changes whenever a caller would have to be compiled again. */
#define IB_TIFF_ABI_VERSION 1

typedef struct ib_tiff ib_tiff;

typedef enum ib_tiff_severity { IB_TIFF_WARNING = 1, IB_TIFF_ERROR = 2 } ib_tiff_severity;

/* Element types of a field's value in memory. */
typedef enum ib_tiff_kind {
  IB_TIFF_U8 = 1,
  IB_TIFF_I8 = 2,
  IB_TIFF_U16 = 3,
  IB_TIFF_I16 = 4,
  IB_TIFF_U32 = 5,
  IB_TIFF_I32 = 6,
  IB_TIFF_U64 = 7,
  IB_TIFF_I64 = 8,
  IB_TIFF_F32 = 9,
  IB_TIFF_F64 = 10,
  IB_TIFF_TEXT = 11 /* bytes, without the terminating zero */
} ib_tiff_kind;

typedef struct ib_tiff_value {
  const void* data; /* the handle's, valid until the next call on it */
  int64_t count;    /* elements; a colour map's three tables follow one another */
  int32_t kind;     /* ib_tiff_kind */
  int32_t type;     /* the field's TIFF data type, 0 for pseudo-tags */
} ib_tiff_value;

typedef struct ib_tiff_field {
  int32_t type;        /* TIFF data type, 0 for pseudo-tags */
  int32_t read_count;  /* elements, or -1 variable, -2 one per sample, -3 variable with a 32-bit count */
  int32_t write_count; /* the same */
  int32_t pass_count;  /* 1 if the element count belongs to the value */
} ib_tiff_field;

/* A stream that the caller implements. Each function returns -1 on failure. */
typedef struct ib_tiff_io {
  void* context;
  int64_t (*read)(void* context, void* data, int64_t bytes);        /* bytes read, fewer only at the end */
  int64_t (*write)(void* context, const void* data, int64_t bytes); /* bytes written */
  int64_t (*seek)(void* context, int64_t offset, int32_t whence);   /* SEEK_*; the new position */
  int64_t (*size)(void* context);                                   /* length in bytes */
} ib_tiff_io;

IB_TIFF_API uint32_t ib_tiff_abi_version(void) IB_TIFF_NOEXCEPT;
/* libtiff's version text; static. */
IB_TIFF_API const char* ib_tiff_library_version(void) IB_TIFF_NOEXCEPT;
/* 1 if libtiff can read and write this compression scheme. */
IB_TIFF_API int32_t ib_tiff_codec_configured(uint16_t scheme) IB_TIFF_NOEXCEPT;

/* Handles. create returns NULL only if there is no memory; destroy accepts NULL and closes what is still open. */
IB_TIFF_API ib_tiff* ib_tiff_create(void) IB_TIFF_NOEXCEPT;
IB_TIFF_API void ib_tiff_destroy(ib_tiff* handle) IB_TIFF_NOEXCEPT;

/* Mode as in TIFFOpen: r, r+, w or a, then flags (8 BigTIFF, b big-endian, l little-endian, c no strip chopping ...).
 * Files are never memory-mapped: a file that shrinks while mapped would end the process. max_allocation is the most
 * bytes that libtiff may take in one allocation (0: no limit). path is UTF-8. */
IB_TIFF_API int32_t ib_tiff_open_path(ib_tiff* handle, const char* path, const char* mode,
                                      int64_t max_allocation) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_open_stream(ib_tiff* handle, const char* name, const char* mode, const ib_tiff_io* io,
                                        int64_t max_allocation) IB_TIFF_NOEXCEPT;
/* Writes what is pending and closes; 0 if something could not be written. The handle keeps its messages. */
IB_TIFF_API int32_t ib_tiff_close(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_flush(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_flush_data(ib_tiff* handle) IB_TIFF_NOEXCEPT;

/* The oldest message not yet taken; 0 if there is none. The texts are the handle's, valid until the next call on it. */
IB_TIFF_API int32_t ib_tiff_take_message(ib_tiff* handle, int32_t* severity, const char** module,
                                         const char** text) IB_TIFF_NOEXCEPT;

IB_TIFF_API int32_t ib_tiff_is_tiled(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_is_byte_swapped(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_is_big_endian(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_is_big_tiff(ib_tiff* handle) IB_TIFF_NOEXCEPT;

/* Fields of the current directory. */

/* 0 if the tag is not defined for this directory. */
IB_TIFF_API int32_t ib_tiff_find_field(ib_tiff* handle, uint32_t tag, ib_tiff_field* field) IB_TIFF_NOEXCEPT;
/* Defines a tag that libtiff does not know, for every directory of this handle; known tags stay as they are. */
IB_TIFF_API int32_t ib_tiff_define_field(ib_tiff* handle, uint32_t tag, const ib_tiff_field* field,
                                         const char* name) IB_TIFF_NOEXCEPT;
/* 0 without a message if the tag is absent. With defaulted 1, absent tags that have a default give it. */
IB_TIFF_API int32_t ib_tiff_get_field(ib_tiff* handle, uint32_t tag, int32_t defaulted,
                                      ib_tiff_value* value) IB_TIFF_NOEXCEPT;
/* Values are converted to the field's element type and refused if they do not fit. Negative values are accepted for
 * unsigned elements of up to 32 bits and wrap, as callers hold them in signed types. */
IB_TIFF_API int32_t ib_tiff_set_integers(ib_tiff* handle, uint32_t tag, const int64_t* values,
                                         int64_t count) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_set_reals(ib_tiff* handle, uint32_t tag, const double* values,
                                      int64_t count) IB_TIFF_NOEXCEPT;
/* Text for ASCII fields; for others the elements' bytes as they are in memory. */
IB_TIFF_API int32_t ib_tiff_set_bytes(ib_tiff* handle, uint32_t tag, const uint8_t* values,
                                      int64_t count) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_unset_field(ib_tiff* handle, uint32_t tag) IB_TIFF_NOEXCEPT;

/* Directories. */
IB_TIFF_API int32_t ib_tiff_read_directory(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_set_directory(ib_tiff* handle, uint32_t index) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_set_sub_directory(ib_tiff* handle, uint64_t offset) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_create_directory(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_write_directory(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_rewrite_directory(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_checkpoint_directory(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_unlink_directory(ib_tiff* handle, uint32_t number) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_last_directory(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_directory_count(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_current_directory(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_current_offset(ib_tiff* handle) IB_TIFF_NOEXCEPT;

/* Sizes in bytes; 0 with a message if the directory does not define them. */
IB_TIFF_API int64_t ib_tiff_strip_size(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_rows_size(ib_tiff* handle, uint32_t rows) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_tile_size(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_tile_row_size(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_scanline_size(ib_tiff* handle) IB_TIFF_NOEXCEPT;
/* Stored (compressed) bytes of a strip or tile. */
IB_TIFF_API int64_t ib_tiff_raw_size(ib_tiff* handle, uint32_t strip_or_tile) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_strip_count(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_tile_count(ib_tiff* handle) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_compute_strip(ib_tiff* handle, uint32_t row, uint16_t plane) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_compute_tile(ib_tiff* handle, uint32_t x, uint32_t y, uint32_t z,
                                         uint16_t plane) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_check_tile(ib_tiff* handle, uint32_t x, uint32_t y, uint32_t z,
                                       uint16_t plane) IB_TIFF_NOEXCEPT;
IB_TIFF_API uint32_t ib_tiff_default_strip_rows(ib_tiff* handle, uint32_t requested) IB_TIFF_NOEXCEPT;

/* Pixels: bytes is the room in (or the content of) data, which is never overrun. Written data is never altered. */
IB_TIFF_API int64_t ib_tiff_read_strip(ib_tiff* handle, uint32_t strip, void* data, int64_t bytes) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_read_raw_strip(ib_tiff* handle, uint32_t strip, void* data,
                                           int64_t bytes) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_read_tile(ib_tiff* handle, uint32_t tile, void* data, int64_t bytes) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_read_raw_tile(ib_tiff* handle, uint32_t tile, void* data, int64_t bytes) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_read_scanline(ib_tiff* handle, uint32_t row, uint16_t plane, void* data,
                                          int64_t bytes) IB_TIFF_NOEXCEPT;
/* Pixels of any colour space as red, green, blue and alpha of 8 bits, red in the lowest byte, the lowest row first, as
 * libtiff gives them. count is the room in pixels, which is never overrun: the width of the image times the rows of the
 * strip that begins at row, or those of a tile. */
IB_TIFF_API int32_t ib_tiff_rgba_ok(ib_tiff* handle) IB_TIFF_NOEXCEPT; /* 0 with a message if it is not known how */
IB_TIFF_API int32_t ib_tiff_read_rgba_strip(ib_tiff* handle, uint32_t row, uint32_t* pixels,
                                            int64_t count) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_read_rgba_tile(ib_tiff* handle, uint32_t x, uint32_t y, uint32_t* pixels,
                                           int64_t count) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_write_strip(ib_tiff* handle, uint32_t strip, const void* data,
                                        int64_t bytes) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_write_raw_strip(ib_tiff* handle, uint32_t strip, const void* data,
                                            int64_t bytes) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_write_tile(ib_tiff* handle, uint32_t tile, const void* data,
                                       int64_t bytes) IB_TIFF_NOEXCEPT;
IB_TIFF_API int64_t ib_tiff_write_raw_tile(ib_tiff* handle, uint32_t tile, const void* data,
                                           int64_t bytes) IB_TIFF_NOEXCEPT;
IB_TIFF_API int32_t ib_tiff_write_scanline(ib_tiff* handle, uint32_t row, uint16_t plane, const void* data,
                                           int64_t bytes) IB_TIFF_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
