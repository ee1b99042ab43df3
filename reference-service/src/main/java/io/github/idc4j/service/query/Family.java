package io.github.idc4j.service.query;

/** The three families of paged operations. */
public enum Family {
  MANIFEST('m'),
  QUERY('q'),
  DICOM_METADATA('d');

  private final byte code;

  Family(char code) {
    this.code = (byte) code;
  }

  /** Returns the byte that stands for the family in a page token. */
  byte code() {
    return code;
  }

  static Family of(byte code) {
    for (Family family : values()) {
      if (family.code == code) {
        return family;
      }
    }
    throw new IllegalArgumentException("No family has the code " + code);
  }
}
