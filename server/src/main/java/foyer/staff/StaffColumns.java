package foyer.staff;

import foyer.sheet.Column;
import java.util.List;

/** The columns of a personnel file. */
final class StaffColumns {

  static final String NUMBER = "staffNumber";
  static final String NAME = "name";
  static final String NAME_EN = "nameEn";
  static final String EMAIL = "email";
  static final String DEPARTMENT = "department";
  static final String DEPARTMENT_EN = "departmentEn";
  static final String PARENT = "parent";
  static final String TITLE = "title";
  static final String TITLE_EN = "titleEn";
  static final String POSITION = "position";
  static final String BADGE = "badge";
  static final String HEAD = "head";
  static final String APPROVER = "approver";

  /** In the order in which files are written. */
  static final List<Column> ALL =
      List.of(
          new Column(
              NUMBER,
              "工号",
              "Staff number",
              false,
              "员工编号",
              "员工号",
              "员工工号",
              "人员编号",
              "职工号",
              "编号",
              "Staff no",
              "Employee number",
              "Employee no",
              "Employee ID",
              "Staff ID",
              "Personnel number"),
          new Column(
              NAME,
              "姓名",
              "Chinese name",
              false,
              "员工姓名",
              "中文名",
              "中文姓名",
              "名字",
              "Name",
              "Full name",
              "Name (Chinese)"),
          new Column(
              NAME_EN,
              "英文名",
              "English name",
              false,
              "英文姓名",
              "外文名",
              "拼音",
              "姓名拼音",
              "Latin name",
              "Pinyin"),
          new Column(
              EMAIL,
              "邮箱",
              "E-mail",
              false,
              "电子邮箱",
              "电子邮件",
              "邮件",
              "企业邮箱",
              "工作邮箱",
              "邮箱地址",
              "Mail",
              "E-mail address",
              "Work e-mail"),
          new Column(
              DEPARTMENT,
              "部门",
              "Department",
              false,
              "所属部门",
              "所在部门",
              "部门名称",
              "部门路径",
              "组织",
              "Department name",
              "Department path",
              "Unit",
              "Org unit"),
          new Column(
              DEPARTMENT_EN,
              "部门英文名",
              "Department in English",
              false,
              "部门英文名称",
              "Department English"),
          new Column(
              PARENT,
              "上级部门",
              "Parent department",
              false,
              "父部门",
              "上级组织",
              "隶属部门",
              "Parent",
              "Parent unit",
              "Reports to department"),
          new Column(
              TITLE,
              "职务",
              "Chinese title",
              false,
              "职位",
              "岗位",
              "头衔",
              "职称",
              "Title",
              "Job title",
              "Position title"),
          new Column(TITLE_EN, "英文职务", "English title", false, "英文职位", "英文头衔"),
          new Column(
              POSITION,
              "排序",
              "Rank",
              false,
              "排序号",
              "排名",
              "职级排序",
              "Order",
              "Sort order",
              "Rank order"),
          new Column(
              BADGE,
              "工牌号",
              "Badge code",
              false,
              "工卡号",
              "门禁卡号",
              "卡号",
              "工牌",
              "IC 卡号",
              "Badge",
              "Badge number",
              "Badge no",
              "Card number",
              "Card no"),
          new Column(
              HEAD,
              "部门负责人",
              "Head of department",
              false,
              "负责人",
              "部门主管",
              "部门经理",
              "部门领导",
              "Department head",
              "Head"),
          new Column(
              APPROVER,
              "主管领导",
              "Approver",
              false,
              "分管领导",
              "审批人",
              "部门主管领导",
              "Supervising leader",
              "Leader"));

  private StaffColumns() {}
}
